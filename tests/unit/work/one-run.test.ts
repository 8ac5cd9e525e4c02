import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { HostServices, SessionStatus } from "../../../src/widgets/host/contract.ts";
import { OneRun, type RunJob } from "../../../src/widgets/work/one-run.ts";
import { WorkStatus } from "../../../src/widgets/work/work-status.ts";

/** A run whose tasks end when they are told to. */
function startRun() {
  const told: string[] = [];
  const reports: SessionStatus[] = [];
  const host = { report: (status: SessionStatus) => reports.push(status) } as unknown as HostServices;
  const work = new WorkStatus(host, () => undefined);
  const life = new AbortController();
  const events = { onDone: () => told.push("done"), onError: ({ kind }: ComputeError) => told.push(kind) };
  const run = new OneRun(work, events, life.signal);
  const tasks: { readonly job: RunJob; end(): void; fail(error: unknown): void }[] = [];
  const start = () => run.start((job) => new Promise((end, fail) => tasks.push({ job, end: () => end(), fail })));
  return { run, start, tasks, told, work, life };
}

describe("one run at a time", () => {
  it("is done when its task is, and says how far it is until then", async () => {
    const { run, start, tasks, told, work } = startRun();
    start();
    tasks[0]?.job.onProgress?.({ stage: "Testing", done: 10, total: 64, unit: "units" });
    expect(work.sentence).toBe("Testing, 10 of 64 units.");
    expect(work.actions.map(({ label }) => label)).toEqual(["Cancel"]);
    tasks[0]?.end();
    await run.whenAtRest();
    expect(told).toEqual(["done"]);
  });

  it("is stopped by its reader, even where the task comes to its end all the same", async () => {
    const { run, start, tasks, told, work } = startRun();
    start();
    tasks[0]?.job.onProgress?.({ stage: "Testing", done: 10, total: 64, unit: "units" });
    work.actions[0]?.run();
    expect(tasks[0]?.job.signal.aborted).toBe(true);
    tasks[0]?.end();
    await run.whenAtRest();
    expect(told).toEqual(["cancelled"]);
  });

  it("gives way to a newer one, and neither its end nor its failure is heard of", async () => {
    const { run, start, tasks, told, work } = startRun();
    start();
    start();
    start();
    expect(tasks.map(({ job }) => job.signal.aborted)).toEqual([true, true, false]);
    tasks[0]?.end();
    tasks[1]?.fail(new ComputeError("internal", "Too late."));
    tasks[0]?.job.onProgress?.({ stage: "Old", done: 1, total: 2, unit: "units" });
    expect(work.sentence).toBe("");
    tasks[2]?.end();
    await run.whenAtRest();
    expect(told).toEqual(["done"]);
  });

  it("fails with what has gone wrong, and in silence where the widget has ended", async () => {
    const { run, start, tasks, told, life } = startRun();
    start();
    tasks[0]?.fail(new ComputeError("input", "Wrong."));
    await run.whenAtRest();
    expect(told).toEqual(["input"]);
    start();
    life.abort();
    tasks[1]?.fail(new ComputeError("internal", "Gone."));
    await run.whenAtRest();
    expect(told).toEqual(["input"]);
  });
});

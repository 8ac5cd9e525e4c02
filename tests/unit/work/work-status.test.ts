import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { HostServices, SessionStatus } from "../../../src/widgets/host/contract.ts";
import { WorkStatus } from "../../../src/widgets/work/work-status.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

function open() {
  const told: SessionStatus[] = [];
  const host = { report: (status: SessionStatus) => told.push(status) } as unknown as HostServices;
  return { work: new WorkStatus(host, () => undefined), told };
}

describe("what is told of work", () => {
  it("is how long it took, and no longer when its result is told of again", () => {
    const { work, told } = open();
    work.begin();
    vi.advanceTimersByTime(1200);
    work.done("4 groups.", "50 × 46 cells");
    vi.advanceTimersByTime(3_600_000);
    work.tellAgain("20 × 18 cells");
    expect(told).toEqual([
      { phase: "done", seconds: 1.2, caption: "50 × 46 cells" },
      { phase: "done", seconds: 1.2, caption: "20 × 18 cells" },
    ]);
    expect(work.sentence).toBe("4 groups.");
  });

  it("is on its way from its beginning until it is done, stopped, or has failed", () => {
    const { work } = open();
    expect(work.isWorking).toBe(false);
    for (const end of [
      () => work.done("", ""),
      () => work.stopped("Stopped."),
      () => work.failed("map", new ComputeError("input", "No map.")),
    ]) {
      work.waiting("The map follows.");
      expect(work.isWorking).toBe(true);
      end();
      expect(work.isWorking).toBe(false);
    }
  });
});

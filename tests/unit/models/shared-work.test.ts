import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { Job, Progress } from "../../../src/compute/job.ts";
import { SharedWork } from "../../../src/widgets/models/shared-work.ts";

const progress = (done: number): Progress => ({ stage: "Running", done, total: 2, unit: "pictures" });

/** Work that is done by hand: `attempts` in the order in which it was begun. */
function workByHand() {
  const attempts: { means: string; job: Job; finish(result: string): void; fail(error: Error): void }[] = [];
  const work = new SharedWork<string, string>(
    (means, job) =>
      new Promise((finish, fail) => {
        attempts.push({ means, job, finish, fail });
      }),
  );
  return { attempts, work };
}

describe("work that several wait for", () => {
  it("is done once, and each hears how far it is", async () => {
    const { attempts, work } = workByHand();
    const heard: string[] = [];
    const first = work.join("one", { onProgress: ({ done }) => heard.push(`first ${done}`) });
    attempts[0]?.job.onProgress?.(progress(1));
    const second = work.join("other", { onProgress: ({ done }) => heard.push(`second ${done}`) });
    attempts[0]?.job.onProgress?.(progress(2));
    attempts[0]?.finish("made");
    expect(await Promise.all([first, second, work.join("late", {})])).toEqual(["made", "made", "made"]);
    expect(heard).toEqual(["first 1", "second 1", "first 2", "second 2"]);
    expect(attempts).toHaveLength(1);
  });

  it("goes on while one of them waits, and stops with the last", async () => {
    const { attempts, work } = workByHand();
    const [leaving, last] = [new AbortController(), new AbortController()];
    const gone = work.join("one", { signal: leaving.signal });
    const waiting = work.join("other", { signal: last.signal });
    leaving.abort();
    await expect(gone).rejects.toMatchObject({ kind: "cancelled" });
    expect(attempts[0]?.job.signal?.aborted).toBe(false);
    last.abort();
    await expect(waiting).rejects.toMatchObject({ kind: "cancelled" });
    expect(attempts[0]?.job.signal?.aborted).toBe(true);
    expect(work.broken).toBe(true);
  });

  it("is begun anew by another's means where it fails for want of those of one who has left", async () => {
    const { attempts, work } = workByHand();
    const leaving = new AbortController();
    work.join("one", { signal: leaving.signal }).catch(() => undefined);
    const waiting = work.join("other", {});
    leaving.abort();
    attempts[0]?.fail(new ComputeError("lost", "Python has stopped."));
    await Promise.resolve();
    await Promise.resolve();
    expect(attempts.map(({ means }) => means)).toEqual(["one", "other"]);
    attempts[1]?.finish("made");
    expect(await waiting).toBe("made");
  });

  it("fails for all who wait, and is not joined again", async () => {
    const { attempts, work } = workByHand();
    const both = [work.join("one", {}), work.join("other", {})];
    attempts[0]?.fail(new ComputeError("input", "It is no model."));
    for (const each of both) await expect(each).rejects.toThrow("It is no model.");
    expect(work.broken).toBe(true);
    expect(attempts).toHaveLength(1);
  });
});

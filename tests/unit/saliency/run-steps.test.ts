import { describe, expect, it, vi } from "vitest";
import type { Progress } from "../../../src/compute/job.ts";
import type { PartialAttribution } from "../../../src/compute/saliency/attribution.ts";
import { blurIntegratedGradients } from "../../../src/compute/saliency/blur-integrated-gradients.ts";
import { integratedGradients } from "../../../src/compute/saliency/integrated-gradients.ts";
import { runSteps } from "../../../src/compute/saliency/run-steps.ts";
import { smooth } from "../../../src/compute/saliency/smooth.ts";
import { picture, toyModel } from "./toy-model.ts";

const told = { stage: "Testing", unit: "steps" };

/** Settled by the test, in the order it likes. */
function openSteps(count: number) {
  const settle: ((value: number) => void)[] = [];
  const fail: ((reason: Error) => void)[] = [];
  const begun: number[] = [];
  const answers = Array.from({ length: count }, (_, index) => {
    return new Promise<number>((resolve, reject) => {
      settle[index] = resolve;
      fail[index] = reject;
    });
  });
  const step = (index: number) => {
    begun.push(index);
    return answers[index] ?? Promise.reject(new Error("no such step"));
  };
  return { step, settle, fail, begun };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("steps over lanes", () => {
  it("are added in their order whichever ends first, and no more than the lanes are under way", async () => {
    const { step, settle, begun } = openSteps(4);
    const added: number[] = [];
    const done = runSteps({ ...told, total: 4, lanes: 3, step, add: (value) => added.push(value) }, {});
    await turn();
    expect(begun).toEqual([0, 1, 2]);
    settle[2]?.(20);
    await turn();
    expect([begun, added]).toEqual([[0, 1, 2, 3], []]);
    settle[0]?.(0);
    settle[3]?.(30);
    settle[1]?.(10);
    await done;
    expect(added).toEqual([0, 10, 20, 30]);
  });

  it("stop at the first failure and say which", async () => {
    const { step, settle, fail, begun } = openSteps(9);
    const done = runSteps({ ...told, total: 9, lanes: 2, step, add: () => undefined }, {});
    await turn();
    fail[1]?.(new Error("the lane is gone"));
    settle[0]?.(0);
    await expect(done).rejects.toThrow("the lane is gone");
    expect(begun).toEqual([0, 1]);
  });

  it("stop between two when they are cancelled", async () => {
    const { step, settle, begun } = openSteps(9);
    const stop = new AbortController();
    const job = { signal: stop.signal };
    const done = runSteps({ ...told, total: 9, lanes: 1, step, add: () => undefined }, job);
    await turn();
    stop.abort();
    settle[0]?.(0);
    await expect(done).rejects.toMatchObject({ kind: "cancelled" });
    expect(begun).toEqual([0]);
  });

  it("are cancelled even while the last is under way", async () => {
    const { step, settle } = openSteps(1);
    const stop = new AbortController();
    const added: number[] = [];
    const steps = { ...told, total: 1, lanes: 1, step, add: (value: number) => added.push(value) };
    const done = runSteps(steps, { signal: stop.signal });
    await turn();
    stop.abort();
    settle[0]?.(0);
    await expect(done).rejects.toMatchObject({ kind: "cancelled" });
    expect(added).toEqual([]);
  });

  it("tell how many are done and how long the others will take", async () => {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => seen.push(progress);
    await runSteps({ ...told, total: 2, lanes: 1, step: async (i) => i, add: () => undefined }, { onProgress });
    expect(seen.map(({ done, total }) => [done, total])).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
    expect(seen[0]).not.toHaveProperty("secondsLeft");
    expect(seen[1]?.secondsLeft).toBeGreaterThan(0);
    expect(seen[2]?.secondsLeft).toBe(0);
  });
});

describe("a method", () => {
  it("has the same bits with one lane and with three", async () => {
    const [one, three] = await Promise.all([1, 3].map((lanes) => integratedGradients(picture, toyModel(lanes))));
    expect(three).toEqual(one);
    const [blurOne, blurThree] = await Promise.all(
      [1, 3].map((lanes) => blurIntegratedGradients(picture, toyModel(lanes), { steps: 7 })),
    );
    expect(blurThree).toEqual(blurOne);
  });

  it("uses its lanes and no more", async () => {
    const model = toyModel(3);
    await integratedGradients(picture, model);
    expect(model.asked).toEqual({ gradients: 25, scores: 0, most: 3 });
  });

  it("shows its map while it refines: at half of the way, that of the half", async () => {
    const maps: PartialAttribution[] = [];
    const model = toyModel();
    // Each look at the clock finds that more time has gone by than lies between two maps.
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => {
      now += 200;
      return now;
    });
    const { values } = await integratedGradients(picture, model, { xSteps: 2 }, { onMap: (map) => maps.push(map) });
    clock.mockRestore();
    expect(maps).toHaveLength(1);
    const [{ gradient }] = [await model.gradient(new Float32Array(picture.length))];
    // The first of two steps is at the baseline: as if its gradient were all of the path's.
    expect([...(maps[0]?.values ?? [])]).toEqual([...picture.map((value, i) => value * (gradient[i] ?? 0))]);
    expect(values).not.toEqual(maps[0]?.values);
  });

  it("made smooth counts the gradients of all samples", async () => {
    const seen: Progress[] = [];
    const model = toyModel();
    const attribute: Parameters<typeof smooth>[1]["attribute"] = (noisy, job) =>
      integratedGradients(noisy, model, { xSteps: 5 }, job);
    await smooth(picture, { ...model, attribute }, { nsamples: 3 }, { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toMatchObject({ stage: "SmoothGrad", done: 0, total: 15, unit: "gradients" });
    expect(seen.at(-1)).toMatchObject({ done: 15, total: 15 });
  });
});

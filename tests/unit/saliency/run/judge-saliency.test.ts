import { describe, expect, it } from "vitest";
import { classProbability } from "../../../../src/compute/features/class-probability.ts";
import { Features } from "../../../../src/compute/features/features.ts";
import type { Job } from "../../../../src/compute/job.ts";
import { callerAlone } from "../../../../src/compute/runtime/caller-alone.ts";
import { type JudgingAsked, judgeSaliency } from "../../../../src/compute/saliency/run/judge-saliency.ts";
import { openFile } from "../../gradient/open-networks.ts";
import { nodeEngine } from "../../model-engine/node-engine.ts";
import { goldens, waves } from "../judge/judging-goldens.ts";

const SIDE = 64;
const engine = nodeEngine();
const started = { engine, files: { glue: new Uint8Array(), wasm: new ArrayBuffer(8) } };
const opened = openFile(engine, "tests/reference/models/tinynet.onnx");

/** sin(0.02 (row - 20)(column - 30) / (1 + channel)), channel first. */
const picture = Float32Array.from({ length: 3 * SIDE * SIDE }, (_, at) => {
  const [channel, row, column] = [Math.floor(at / SIDE ** 2), Math.floor(at / SIDE) % SIDE, at % SIDE];
  return Math.sin((0.02 * (row - 20) * (column - 30)) / (1 + channel));
});
const asked = { map: waves(SIDE, SIDE), height: SIDE, width: SIDE, steps: 20, sigma: null };

async function judged(changed: Partial<JudgingAsked> = {}, { classIdx = 2, count = 1, job = {} as Job } = {}) {
  const open = await opened;
  const features = new Features(callerAlone);
  return judgeSaliency(
    open,
    { count, read: () => picture },
    { ...asked, ...changed },
    (pictures, told) => classProbability(features, { key: "tinynet", open, started }, classIdx, pictures, told),
    job,
  );
}

const far = (ours: Float32Array, theirs: readonly number[]) =>
  Math.max(...theirs.map((value, at) => Math.abs(value - (ours[at] ?? Number.NaN))));

describe("a network's map that is judged", () => {
  it("has the curves that onnxruntime gives for pictures blurred by SciPy, of probabilities although it answers with logits", async () => {
    const { deletion, insertion, deletionArea, insertionArea, order, blurred } = await judged();
    const { tinynet } = goldens;
    expect(far(deletion, tinynet.deletion)).toBeLessThan(1e-5);
    expect(far(insertion, tinynet.insertion)).toBeLessThan(1e-5);
    expect(deletionArea).toBeCloseTo(tinynet.deletionArea, 5);
    expect(insertionArea).toBeCloseTo(tinynet.insertionArea, 5);
    expect([...order.subarray(0, 40)]).toEqual(tinynet.first);
    const places = tinynet.blurred.map((_, at) => (at % 3) * SIDE ** 2 + Math.floor(at / 3));
    expect(
      far(
        Float32Array.from(places, (place) => blurred[place] ?? 0),
        tinynet.blurred,
      ),
    ).toBeLessThan(1e-6);
  });

  it("may be of another size than the picture, and is judged at the picture's", async () => {
    const small = await judged({ map: new Float32Array([0, 0, 0, 1]), height: 2, width: 2, steps: 1 });
    expect(small.order).toHaveLength(SIDE ** 2);
    const [first = 0] = small.order;
    expect([Math.floor(first / SIDE) >= SIDE / 2, first % SIDE >= SIDE / 2]).toEqual([true, true]);
  });

  it("says how many pictures of how many the model has seen, and stops between two batches", async () => {
    const controller = new AbortController();
    const told: string[] = [];
    const onProgress: Job["onProgress"] = ({ stage, done, total, unit }) => {
      told.push(`${stage}, ${done} of ${total} ${unit}`);
    };
    await judged({ steps: 100 }, { job: { onProgress } });
    expect([told[0], told.at(-1)]).toEqual(["Judging, 0 of 200 pictures", "Judging, 200 of 200 pictures"]);
    expect(told.length).toBeGreaterThan(3);
    told.length = 0;
    const stopping: Job["onProgress"] = (progress) => {
      onProgress(progress);
      if (progress.done > 0) controller.abort();
    };
    const job = { signal: controller.signal, onProgress: stopping };
    await expect(judged({ steps: 100 }, { job })).rejects.toMatchObject({ kind: "cancelled" });
    expect(told).toHaveLength(2);
  });

  it("is refused where the class, the map or an option isn't there", async () => {
    await expect(judged({ steps: 1 }, { classIdx: 3 })).rejects.toMatchObject({
      kind: "input",
      reason: "There is no class 3: tinynet.onnx has 3 classes.",
      remedy: "Take 0 to 2.",
    });
    await expect(judged({}, { count: 2 })).rejects.toThrow("A map is judged by its one picture, not by 2.");
    await expect(judged({ width: 63 })).rejects.toThrow("A map of 63 × 64 has 4096 numbers; expected 4032.");
    await expect(judged({ steps: 0 })).rejects.toThrow("steps: expected an integer from 1 to 1000, got 0");
    await expect(judged({ sigma: 0 })).rejects.toThrow("sigma: expected a number above 0, got 0");
  });
});

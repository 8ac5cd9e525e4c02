import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { type FeatureOptions, featureDefaults } from "../../../src/compute/features/feature-options.ts";
import { planFeatures } from "../../../src/compute/features/feature-plan.ts";
import { FeatureRunner } from "../../../src/compute/features/feature-runner.ts";
import { Features } from "../../../src/compute/features/features.ts";
import { batchesOf } from "../../../src/compute/features/picture-batches.ts";
import { GraphSession } from "../../../src/compute/model/engine/graph-session.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { readOnnxFiles } from "../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { engineGoldens, floatsOf, goldenFile } from "../../support/engine-goldens.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const model = readOnnxFiles([{ name: "lenet.onnx", bytes: goldenFile("lenet") }]);
const open = await OpenModel.open(nodeEngine(), model, { processor: "cpu", shape: null });
const pictures = sampleNumbers(2 * 144);
const { answers } = engineGoldens.lenet;
const right = { conv2: floatsOf(answers.conv2?.data ?? ""), scores: floatsOf(answers.scores?.data ?? "") };
const files = { glue: new Uint8Array(), wasm: new ArrayBuffer() };

const run = (options: Partial<FeatureOptions>, numbers = pictures) =>
  new Features(callerAlone).of(
    "lenet",
    open,
    { files },
    batchesOf(numbers, { name: "x", type: 1, dims: [1, 12, 12], batch: null }),
    {
      ...featureDefaults,
      ...options,
    },
  );

const close = (here: Float32Array, there: Float32Array) =>
  here.length === there.length && here.every((value, place) => Math.abs(value - (there[place] ?? 0)) < 1e-5);

describe("the features of a model", () => {
  it("are the layers' activations one after the other, in the order given, and where each column comes from", async () => {
    const { features, blocks, predictions, workers, processor } = await run({
      layers: ["conv2", -1],
      includePredictions: true,
    });
    expect(features).toMatchObject({ rows: 2, columns: 16 * 64 + 5 });
    expect(blocks).toMatchObject([
      { layer: "conv2", start: 0, channels: 16, places: 64 },
      { layer: "scores", start: 1024, channels: 5, places: 1 },
    ]);
    for (const row of [0, 1]) {
      const own = features.data.subarray(row * 1029, (row + 1) * 1029);
      expect(close(own.subarray(0, 1024), right.conv2.subarray(row * 1024, (row + 1) * 1024))).toBe(true);
      expect(close(own.subarray(1024), right.scores.subarray(row * 5, (row + 1) * 5))).toBe(true);
    }
    expect(close(predictions?.data ?? new Float32Array(), right.scores)).toBe(true);
    expect([workers, processor]).toEqual([1, "CPU"]);
  });

  it("are pooled where there is something to pool, and predictions become probabilities when asked for", async () => {
    const { features, predictions } = await run({
      layers: [-1, "conv2"],
      pooling: "max",
      includePredictions: true,
      applySoftmax: true,
    });
    expect(features.columns).toBe(21);
    expect(features.data[5]).toBeCloseTo(Math.max(...right.conv2.subarray(0, 64)), 5);
    const [a = 0, b = 0] = [predictions?.data.subarray(0, 5), predictions?.data.subarray(5)].map((row) =>
      [...(row ?? [])].reduce((sum, value) => sum + value, 0),
    );
    expect([a, b].every((sum) => Math.abs(sum - 1) < 1e-6)).toBe(true);
  });

  it("are the same in any batches", async () => {
    const five = sampleNumbers(5 * 144);
    const all = await run({ layers: ["pool2"], batchSize: 5 }, five);
    const one = await run({ layers: ["pool2"], batchSize: 1 }, five);
    expect(close(one.features.data, all.features.data)).toBe(true);
  });

  it("are refused for layers that there aren't, with the nearest names, and for nothing", async () => {
    await expect(run({ layers: ["conv3"] })).rejects.toThrow('The model has no layer "conv3".');
    await expect(run({ layers: [] })).rejects.toThrow("No layer is asked for");
    await expect(run({ pooling: "sum" as never })).rejects.toThrow('Unknown pooling: "sum". Pass avg, max or none.');
    const two = { ...open.inputs[0], name: "other" };
    expect(() => planFeatures(model, [...open.inputs, two as never], featureDefaults)).toThrow(
      'lenet.onnx has 2 inputs ("x", "other"), not one for pictures.',
    );
  });
});

describe("a batch", () => {
  const plan = planFeatures(model, open.inputs, { ...featureDefaults, layers: ["scores"] });
  /** A session that holds no more than so many pictures. */
  class SmallSession extends GraphSession {
    readonly sizes: number[] = [];
    constructor(private readonly most: number) {
      super(nodeEngine(), model, { processor: "CPU" });
    }
    override async run(...[feeds, wanted]: Parameters<GraphSession["run"]>): ReturnType<GraphSession["run"]> {
      const rows = feeds[0]?.dims[0] ?? 0;
      this.sizes.push(rows);
      if (rows > this.most) throw new ComputeError("memory", "Too many.");
      return super.run(feeds, wanted);
    }
  }

  it("that does not fit is done half by half", async () => {
    const session = new SmallSession(2);
    const seven = sampleNumbers(7 * 144);
    const { features, rows } = await new FeatureRunner(session, plan).run(seven, 7);
    expect(session.sizes).toEqual([7, 4, 2, 2, 3, 2, 1]);
    expect(rows).toBe(7);
    const whole = await new FeatureRunner(await open.session(["scores"]), plan).run(seven, 7);
    expect(close(features, whole.features)).toBe(true);
  });

  it("of one picture that does not fit is the end", async () => {
    await expect(new FeatureRunner(new SmallSession(0), plan).run(pictures, 2)).rejects.toMatchObject({
      kind: "memory",
    });
  });

  it("is filled up for files that take a fixed number of pictures", async () => {
    const fixed = { ...plan, input: { ...plan.input, batch: 3 } };
    const session = new SmallSession(3);
    const four = sampleNumbers(4 * 144);
    const { features } = await new FeatureRunner(session, fixed).run(four, 4);
    expect(session.sizes).toEqual([3, 3]);
    const whole = await new FeatureRunner(await open.session(["scores"]), plan).run(four, 4);
    expect(close(features, whole.features)).toBe(true);
  });
});

import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { featureDefaults } from "../../../src/compute/features/feature-options.ts";
import { Features } from "../../../src/compute/features/features.ts";
import { batchesOf } from "../../../src/compute/features/picture-batches.ts";
import { Engine } from "../../../src/compute/model/engine/engine.ts";
import { pictureInput } from "../../../src/compute/model/engine/model-inputs.ts";
import { ModelSessions } from "../../../src/compute/model/engine/model-sessions.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { readOnnxFiles } from "../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { engineGoldens, floatsOf, goldenFile, referenceFile } from "../../support/engine-goldens.ts";
import { nodeEngine, nodeOrt, oneOperator } from "./node-engine.ts";

const options = { processor: "cpu", shape: null } as const;
const tinynet = () => readOnnxFiles([{ name: "tinynet.onnx", bytes: referenceFile("tinynet.onnx") }]);
const oneModel = (dims: readonly (number | string | null)[]) =>
  readOnnxFiles([{ name: "one.onnx", bytes: oneOperator("Relu", { dims }).file }]);

describe("an open model", () => {
  it("knows the shape of every layer's answer from a run with one picture", async () => {
    const open = await OpenModel.open(nodeEngine(), tinynet(), options);
    const layers = await open.layers();
    expect(layers.map(({ outputs }) => outputs[0]?.shape)).toEqual([
      [null, 8, 32, 32],
      [null, 8, 32, 32],
      [null, 16, 16, 16],
      [null, 16, 16, 16],
      [null, 24, 16, 16],
      [null, 24, 16, 16],
      [null, 24, 1, 1],
      [null, 24],
      [null, 3],
    ]);
    expect(await open.layers()).toBe(layers);
  });

  it("answers with layers beside its outputs, each set of them a session that is kept", async () => {
    const { answers, dims } = engineGoldens.lenet;
    const model = readOnnxFiles([{ name: "lenet.onnx", bytes: goldenFile("lenet") }]);
    const open = await OpenModel.open(nodeEngine(), model, options);
    const session = await open.session(["pool2", "conv2"]);
    expect(await open.session(["conv2", "pool2", "conv2"])).toBe(session);
    const values = sampleNumbers(2 * 144);
    const found = await session.run([{ name: "x", type: 1, dims: [2, ...dims], values }], ["pool2"]);
    expect([...found.keys()]).toEqual(["pool2"]);
    const right = floatsOf(answers.pool2?.data ?? "");
    expect(found.get("pool2")?.data.every((value, place) => Math.abs(value - (right[place] ?? 0)) < 1e-5)).toBe(true);
    await open.session(["conv1"]);
    await open.session(["relu1"]);
    expect(await open.session(["conv2", "pool2"])).not.toBe(session);
  });

  it("is opened and run for a moment as its file has it, and for long as the engine makes it quicker", async () => {
    const levels: unknown[] = [];
    const create = (
      file: Uint8Array,
      options: { readonly graphOptimizationLevel: "disabled" | "extended" | "all" },
    ) => {
      levels.push(options.graphOptimizationLevel);
      return nodeOrt.InferenceSession.create(file, options);
    };
    const engine = new Engine(() => ({ ...nodeOrt, InferenceSession: { create } }) as unknown as typeof nodeOrt);
    const model = readOnnxFiles([{ name: "lenet.onnx", bytes: goldenFile("lenet") }]);
    const open = await OpenModel.open(engine, model, options);
    const predictions = async (of: number) => {
      const pictures = batchesOf(sampleNumbers(2 * 144), pictureInput("lenet.onnx", open.inputs), of);
      const asked = { ...featureDefaults, layers: [], includePredictions: true };
      const files = { glue: new Uint8Array(), wasm: new ArrayBuffer() };
      return (await new Features(callerAlone).of("lenet", open, { files }, pictures, asked)).predictions?.data;
    };
    const right = floatsOf(engineGoldens.lenet.answers.scores?.data ?? "");
    for (const [of, seen] of [
      [2, ["disabled"]],
      [1e9, ["disabled", "all"]],
      [1e9, ["disabled", "all"]],
    ] as const) {
      expect(relativeDifference((await predictions(of)) ?? new Float32Array(), right)).toBeLessThan(1e-5);
      expect(levels).toEqual(seen);
    }
    await (await open.session(["conv2"], [], true)).open();
    expect(levels.at(-1)).toBe("all");
    // Beside another answer, a convolution's own would be fused away.
    await (await open.session(["conv2", "pool2"])).open();
    expect(levels.at(-1)).toBe("extended");
  });

  it("takes the sizes that its file leaves open from whoever opens it", async () => {
    const open = await OpenModel.open(nodeEngine(), oneModel(["n", 3, "h", null]), { ...options, shape: [3, 5, 7] });
    expect(open.inputs).toEqual([{ name: "x", type: 1, dims: [3, 5, 7], batch: null }]);
    const fixed = await OpenModel.open(nodeEngine(), oneModel([4, 3, 5, 7]), options);
    expect(fixed.inputs[0]).toMatchObject({ dims: [3, 5, 7], batch: 4 });
  });

  it.each([
    [
      ["n", 3, "h", "w"],
      null,
      'The input "x" of one.onnx leaves its size open: (3, h, w).',
      "Give one picture's shape, such as (3, 224, 224).",
    ],
    [
      ["n", 3, 64, 64],
      [3, 32, 64],
      "one.onnx takes pictures of (3, 64, 64), not (3, 32, 64).",
      "Give sizes where it leaves them open.",
    ],
    [["n", "c"], [0], "One picture's shape must be whole numbers above 0, not (0).", ""],
  ] as const)("refuses sizes that it can't know, or that don't fit: %j as %j", async (dims, shape, reason, remedy) => {
    const error = await OpenModel.open(nodeEngine(), oneModel(dims), { ...options, shape }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ComputeError);
    expect(error).toMatchObject({ kind: "input", reason, remedy });
  });

  it("is refused before anything is copied when the engine can't hold it", async () => {
    const weights = { length: 2e9 } as unknown as Uint8Array<ArrayBuffer>;
    const large = { ...tinynet(), beside: new Map([["w.data", weights]]) };
    await expect(OpenModel.open(nodeEngine(), large, options)).rejects.toMatchObject({
      kind: "memory",
      reason: "tinynet.onnx needs about 4.0 GB, an engine in a page has 3.5 GB.",
    });
  });
});

describe("models that are kept", () => {
  it("are four at most: the one unused for longest is lost", async () => {
    const engine = nodeEngine();
    const models = new ModelSessions();
    for (const key of ["a", "b", "c", "d"]) await models.load(key, engine, tinynet(), options);
    models.of("a");
    await models.load("e", engine, tinynet(), options);
    expect(() => models.of("b")).toThrow(expect.objectContaining({ kind: "lost" }));
    for (const key of ["a", "c", "d", "e"]) expect(models.of(key).processor).toBe("CPU");
    await models.forget("a");
    expect(() => models.of("a")).toThrow("The model is no longer kept ready.");
  });

  it("are let go of when another of their name was opened at the same time", async () => {
    const release = vi.spyOn(OpenModel.prototype, "release");
    onTestFinished(() => release.mockRestore());
    const engine = nodeEngine();
    const models = new ModelSessions();
    const [first, second] = await Promise.all([0, 1].map(() => models.load("a", engine, tinynet(), options)));
    expect(models.of("a")).toBe(second);
    expect(release.mock.contexts).toEqual([first]);
  });
});

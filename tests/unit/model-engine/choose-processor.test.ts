import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { featureDefaults } from "../../../src/compute/features/feature-options.ts";
import { Features } from "../../../src/compute/features/features.ts";
import { batchesOf } from "../../../src/compute/features/picture-batches.ts";
import { chooseProcessor } from "../../../src/compute/model/engine/choose-processor.ts";
import type { ModelInput } from "../../../src/compute/model/engine/model-inputs.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnxFiles } from "../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { engineGoldens, goldenFile } from "../../support/engine-goldens.ts";
import { engineWith, type ImaginedGpu, stubGpu } from "./imagined-gpu.ts";
import { nodeEngine } from "./node-engine.ts";

const graph = { name: "lenet.onnx", file: goldenFile("lenet"), beside: new Map() };
const dims = [1, ...engineGoldens.lenet.dims];
const feeds = [{ name: "x", type: TENSOR_TYPES.float32, dims, values: sampleNumbers(144) }];

afterEach(() => vi.restoreAllMocks());

describe("where a model runs", () => {
  it("on the CPU where there is no GPU, and says so", async () => {
    const chosen = await chooseProcessor(nodeEngine(), graph, feeds, "auto");
    expect(chosen).toMatchObject({ processor: "CPU", reason: "CPU: this browser has no WebGPU." });
    expect(await chooseProcessor(nodeEngine(), graph, feeds, "cpu")).toMatchObject({ reason: "CPU: asked for." });
    expect(await chooseProcessor(nodeEngine(), graph, feeds, "webgpu")).toMatchObject({
      reason: "CPU: WebGPU was asked for, but this browser has no WebGPU.",
    });
  });

  describe("with a GPU", () => {
    beforeAll(stubGpu);

    it("there, when it is right and quicker", async () => {
      const chosen = await chooseProcessor(engineWith({}), graph, feeds, "auto");
      expect(chosen.processor).toBe("WebGPU");
      expect(chosen.reason).toBe("WebGPU: the same numbers, and quicker (1.0 ms a picture, the CPU 5.0 ms).");
      expect(chosen.seconds).toBeCloseTo(0.001);
    });

    it("on the CPU when that is quicker, but where the GPU is asked for", async () => {
      const slow = { cpuTakes: 0.5 };
      const chosen = await chooseProcessor(engineWith(slow), graph, feeds, "auto");
      expect(chosen).toMatchObject({ processor: "CPU", reason: expect.stringContaining("quicker here than WebGPU") });
      expect(await chooseProcessor(engineWith(slow), graph, feeds, "webgpu")).toMatchObject({ processor: "WebGPU" });
    });

    it("on the CPU when the GPU gets the probe wrong", async () => {
      const engine = engineWith({ answers: (data, isProbe) => isProbe && data.fill(1) });
      const chosen = await chooseProcessor(engine, graph, feeds, "webgpu");
      expect(chosen.processor).toBe("CPU");
      expect(chosen.reason).toMatch(
        /^CPU: WebGPU was asked for, but it gave wrong numbers for a probe \(relative difference [\d.]+\)\.$/,
      );
    });

    it("on the CPU when the GPU gets this model wrong, by a thousandth or in what are no numbers", async () => {
      const off = (change: (value: number) => number) => (data: Float32Array, isProbe: boolean) =>
        isProbe || data.set(data.map(change));
      const byLittle = engineWith({ answers: off((value) => value * 1.002) });
      expect(await chooseProcessor(byLittle, graph, feeds, "webgpu")).toMatchObject({
        processor: "CPU",
        reason: "CPU: WebGPU was asked for, but it gave other numbers for this model (relative difference 0.0020).",
      });
      const byNothing = engineWith({ answers: off((value) => value * 1.0001) });
      expect(await chooseProcessor(byNothing, graph, feeds, "webgpu")).toMatchObject({ processor: "WebGPU" });
      const none = engineWith({ answers: off(() => Number.NaN) });
      expect((await chooseProcessor(none, graph, feeds, "webgpu")).reason).toContain("not even finite ones");
    });

    it("on the CPU when the GPU fails, with another instance of the engine", async () => {
      const engine = engineWith({ fails: "device was lost\nat somewhere" });
      const chosen = await chooseProcessor(engine, graph, feeds, "auto");
      expect(chosen).toMatchObject({ processor: "CPU", reason: "CPU: WebGPU failed (device was lost)." });
      expect(engine.instance).toBe(2);
      expect((await chosen.session.run(feeds)).get("scores")?.data.length).toBe(5);
    });

    it("on the CPU from the batch on with which the GPU fails", async () => {
      const imagined: ImaginedGpu = {};
      const engine = engineWith(imagined);
      const model = readOnnxFiles([{ name: "lenet.onnx", bytes: goldenFile("lenet") }]);
      const open = await OpenModel.open(engine, model, { processor: "auto", shape: null });
      expect(open.processor).toBe("WebGPU");
      imagined.fails = "device was lost";
      const pictures = batchesOf(sampleNumbers(3 * 144), open.inputs[0] as ModelInput);
      const files = { glue: new Uint8Array(), wasm: new ArrayBuffer() };
      const found = await new Features(callerAlone).of("lenet", open, { files }, pictures, featureDefaults);
      expect(found).toMatchObject({ processor: "CPU", reason: "CPU: WebGPU failed (device was lost)." });
      expect(found.features.rows).toBe(3);
    });

    it.each(["CPU", "WebGPU"])(
      "is told when it was stopped while the %s ran, and nothing stays open",
      async (where) => {
        const controller = new AbortController();
        const { signal } = controller;
        const open = new Set();
        const engine = engineWith({ open, onRun: (processor) => processor === where && controller.abort() });
        await expect(chooseProcessor(engine, graph, feeds, "auto", { signal })).rejects.toMatchObject({
          kind: "cancelled",
        });
        expect(open.size).toBe(0);
      },
    );

    it("there alone: what was not chosen is open no longer", async () => {
      for (const [name, imagined] of [
        ["CPU", { answers: (data: Float32Array) => data.fill(1) }],
        ["CPU", { cpuTakes: 0.5 }],
        ["WebGPU", {}],
      ] as const) {
        const open = new Set();
        expect(await chooseProcessor(engineWith({ ...imagined, open }), graph, feeds, "auto")).toMatchObject({
          processor: name,
        });
        expect(open.size).toBe(1);
      }
    });
  });
});

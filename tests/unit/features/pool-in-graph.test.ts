import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type FeatureOptions, featureDefaults } from "../../../src/compute/features/feature-options.ts";
import { Features } from "../../../src/compute/features/features.ts";
import { batchesOf } from "../../../src/compute/features/picture-batches.ts";
import { numbersOf, pictureInput } from "../../../src/compute/model/engine/model-inputs.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import type { OnnxModel } from "../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnxFiles } from "../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { writeOnnx } from "../../../src/compute/model/onnx/write/write-onnx.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { graphOf, operator } from "../model/layers/small-graphs.ts";
import { engineWith, type ImaginedGpu, stubGpu } from "../model-engine/imagined-gpu.ts";

beforeAll(stubGpu);
afterEach(() => vi.restoreAllMocks());

const PICTURES = 3;

/** Channels first, then last, then a vector and a sequence, none of which the file notes. */
function netOf(opset: number): OnnxModel {
  const ints = (...values: number[]) => ({ kind: "ints", values }) as const;
  const nodes = [
    operator("LeakyRelu", ["x"], ["first"]),
    operator("Transpose", ["first"], ["last"], { perm: ints(0, 2, 3, 1) }),
    operator("Transpose", ["last"], ["back"], { perm: ints(0, 3, 1, 2) }),
    operator("GlobalMaxPool", ["back"], ["most"]),
    operator("Flatten", ["most"], ["vector"]),
  ];
  const model = graphOf(nodes, { x: ["n", 3, 20, 30] });
  return { ...model, irVersion: 8, opsets: new Map([["", opset]]) };
}

/** What the CPU and an imagined GPU answer, and how many numbers were read back from the latter. */
async function both(opset: number, asked: Partial<FeatureOptions>, failsAtRun = Number.POSITIVE_INFINITY) {
  const bytes = writeOnnx(netOf(opset));
  const on = async (processor: "cpu" | "webgpu") => {
    let [read, runs, isOpen] = [0, 0, false];
    const gpu: ImaginedGpu = {
      onRun(where, numbers) {
        if (where === "CPU") return;
        read += numbers;
        if (isOpen && ++runs === failsAtRun) gpu.fails = "device was lost";
      },
    };
    const [file, options] = [
      { name: "net.onnx", bytes },
      { ...featureDefaults, ...asked },
    ];
    const open = await OpenModel.open(engineWith(gpu), readOnnxFiles([file]), { processor, shape: null });
    [read, isOpen] = [0, true];
    const input = pictureInput(file.name, open.inputs);
    const numbers = sampleNumbers(PICTURES * numbersOf(input)).map((value) => value - 0.4);
    const files = { glue: new Uint8Array(), wasm: new ArrayBuffer() };
    const found = await new Features(callerAlone).of("net", open, { files }, batchesOf(numbers, input), options);
    return { ...found, read };
  };
  return { cpu: await on("cpu"), gpu: await on("webgpu") };
}

describe("layers that are pooled on the GPU", () => {
  it.each([
    ["avg", 17],
    ["max", 17],
    ["avg", 20],
    ["max", 20],
  ] as const)("are as the CPU pools them, in both layouts: %s, opset %i", async (pooling, opset) => {
    const { cpu, gpu } = await both(opset, { layers: ["first", "last", "vector"], pooling });
    expect([cpu.processor, gpu.processor]).toEqual(["CPU", "WebGPU"]);
    expect(gpu.features).toMatchObject({ rows: PICTURES, columns: 9 });
    expect(gpu.blocks).toEqual(cpu.blocks);
    expect(relativeDifference(gpu.features.data, cpu.features.data)).toBeLessThan(1e-5);
    expect(gpu.read).toBe(PICTURES * 9);
  });

  it("are read back as a whole where every place is asked for", async () => {
    const { cpu, gpu } = await both(17, { layers: ["last"] });
    expect(gpu.features.data).toEqual(cpu.features.data);
    expect(gpu.read).toBe(PICTURES * 1800);
  });

  it("are pooled by the CPU from the batch on with which the GPU fails", async () => {
    const { cpu, gpu } = await both(17, { layers: ["first"], pooling: "max", batchSize: 1 }, 2);
    expect(gpu).toMatchObject({ processor: "CPU", reason: "CPU: WebGPU failed (device was lost)." });
    expect(gpu.features).toEqual(cpu.features);
  });
});

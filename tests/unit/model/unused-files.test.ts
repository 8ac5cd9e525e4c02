import { describe, expect, it } from "vitest";
import type { LoadedModel } from "../../../src/compute/model/loaded-model.ts";
import { moveWeights } from "../../../src/compute/model/onnx/move-weights.ts";
import type { OnnxModel, OnnxTensor } from "../../../src/compute/model/onnx/onnx-model.ts";
import { unusedFiles } from "../../../src/compute/model/unused-files.ts";

const file = new Uint8Array(40_000);
const weight = (name: string, bytes: Uint8Array<ArrayBuffer>): OnnxTensor => ({
  name,
  type: 1,
  dims: [bytes.length / 4],
  data: { kind: "here", bytes },
});

/** A model of these weights as it is when it was read from the file. */
function readFrom(weights: readonly OnnxTensor[], format: LoadedModel["format"] = "keras"): LoadedModel {
  const graph = { name: "", nodes: [], initializers: weights, inputs: [], outputs: [], values: [] };
  const whole: OnnxModel = { irVersion: 8, opsets: new Map(), producer: "", graph };
  const { model, beside } = moveWeights(whole);
  return { format, name: "m.h5", version: "", onnx: model, file: new Uint8Array(), beside, layers: [], notes: [] };
}
const files = [{ name: "m.h5", bytes: file }];

describe("a file that was read", () => {
  it("can go once most of its weights were turned: the others are copied, large and small", () => {
    const turned = new Uint8Array(30_000);
    const model = readFrom([
      weight("kernel", turned),
      weight("bias", file.subarray(4, 4004)),
      weight("scale", file.subarray(8, 12)),
    ]);
    expect(unusedFiles(files, model)).toEqual([file.buffer]);
    expect([...model.beside.values()].map(({ length }) => length)).toEqual([30_000, 4000]);
    expect(model.beside.get("weights-0")).toBe(turned);
  });

  it("stays while its weights are used as they lie in it", () => {
    const model = readFrom([
      weight("matrix", file.subarray(0, 24_000)),
      weight("scale", file.subarray(24_000, 24_004)),
    ]);
    expect(unusedFiles(files, model)).toEqual([]);
    expect(model.beside.get("weights-0")?.buffer).toBe(file.buffer);
    expect(unusedFiles(files, readFrom([weight("scale", file.subarray(0, 4))], "onnx"))).toEqual([]);
  });
});

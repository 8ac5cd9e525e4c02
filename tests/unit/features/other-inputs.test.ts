import { describe, expect, it } from "vitest";
import { type FeatureOptions, featureDefaults } from "../../../src/compute/features/feature-options.ts";
import { Features } from "../../../src/compute/features/features.ts";
import type { OtherInputs } from "../../../src/compute/features/other-inputs.ts";
import { batchesOf } from "../../../src/compute/features/picture-batches.ts";
import { pictureInput } from "../../../src/compute/model/engine/model-inputs.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { readOnnxFiles } from "../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { writeOnnx } from "../../../src/compute/model/onnx/write/write-onnx.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { graphOf, operator } from "../model/layers/small-graphs.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

type Sizes = Readonly<Record<string, readonly (number | string)[]>>;

/** Of pictures with one channel of two pixels, and of two numbers of whoever is on it. */
async function opened(inputs: Sizes = { person: ["n", 2], image: ["n", 1, 1, 2] }) {
  const nodes = [
    operator("Neg", ["image"], ["negative"]),
    operator("Flatten", ["negative"], ["flat"]),
    operator("Concat", ["flat", "person"], ["both"], { axis: { kind: "int", value: 1 } }),
    operator("Relu", ["both"], ["scores"]),
  ];
  const file = { name: "net.onnx", bytes: writeOnnx({ ...graphOf(nodes, inputs), irVersion: 8, opsets: opset }) };
  return OpenModel.open(nodeEngine(), readOnnxFiles([file]), { processor: "cpu", shape: null });
}
const opset = new Map([["", 20]]);

const pictures = Float32Array.of(1, 2, 3, 4, 5, 6);
const files = { glue: new Uint8Array(), wasm: new ArrayBuffer() };

async function rowsOf(open: OpenModel, options: Partial<FeatureOptions>, others?: OtherInputs) {
  const batches = batchesOf(pictures, pictureInput("net.onnx", open.inputs));
  const asked = { ...featureDefaults, ...options };
  const { features } = await new Features(callerAlone).of("net", open, { files }, batches, asked, {}, others);
  const { data, rows, columns } = features;
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}

describe("a model that takes numbers beside pictures", () => {
  it("needs none for layers before they come in", async () => {
    const open = await opened();
    expect(await rowsOf(open, { layers: ["flat"] })).toEqual([
      [-1, -2],
      [-3, -4],
      [-5, -6],
    ]);
  });

  it.each([1, 2, 3])("gets each picture's own, in batches of %i", async (batchSize) => {
    const person = Float32Array.of(10, 11, 20, 21, 30, 31);
    expect(await rowsOf(await opened(), { layers: ["both"], batchSize }, { person })).toEqual([
      [-1, -2, 10, 11],
      [-3, -4, 20, 21],
      [-5, -6, 30, 31],
    ]);
  });

  it("gets one row for all, and as many at a time as its file settles", async () => {
    const open = await opened({ person: [2, 2], image: [2, 1, 1, 2] });
    const person = Float32Array.of(7, 8);
    expect(await rowsOf(open, { layers: ["scores"] }, { person })).toEqual([
      [0, 0, 7, 8],
      [0, 0, 7, 8],
      [0, 0, 7, 8],
    ]);
    expect(await rowsOf(open, { layers: ["flat"] }, { person })).toHaveLength(3);
  });

  it("is refused without them, with too few or too many, and with others", async () => {
    const open = await opened();
    const refusal = (others?: OtherInputs) => expect(rowsOf(open, { layers: ["both"] }, others)).rejects;
    await refusal().toThrow(
      'What was asked for stands on "person" too, which net.onnx takes beside each picture (2 numbers).',
    );
    await refusal({ person: new Float32Array(4) }).toThrow(
      '"person" has 4 numbers, not 2 for each of 3 pictures. Give 6, or 2 for all of them.',
    );
    await refusal({ age: new Float32Array(3) }).toThrow('net.onnx has no input "age" beside its pictures.');
    const uneven = await opened({ person: [1, 2], image: ["n", 1, 1, 2] });
    await expect(rowsOf(uneven, { layers: ["both"] }, { person: new Float32Array(2) })).rejects.toThrow(
      'net.onnx takes "person" 1 at a time, and any number of pictures.',
    );
  });

  it("is refused where two inputs may take the pictures", async () => {
    const open = await opened({ person: ["n", 2], image: ["n", 1, 1, 2], mask: ["n", 1, 1, 2] });
    expect(() => pictureInput("net.onnx", open.inputs)).toThrow(
      'net.onnx has 3 inputs ("person", "image", "mask"), not one for pictures.',
    );
  });
});

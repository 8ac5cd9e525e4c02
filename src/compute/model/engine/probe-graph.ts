import { type OnnxModel, type OnnxTensor, TENSOR_TYPES } from "../onnx/onnx-model.ts";
import { writeOnnx } from "../onnx/write/write-onnx.ts";
import type { GraphFile } from "./graph-session.ts";
import { sampleNumbers } from "./sample-numbers.ts";
import type { Feed } from "./tensor-values.ts";

const SIDE = 12;

/**
 * What WebGPU has been seen to get wrong, without an error, in onnxruntime-web 1.30: a convolution from 6 to 16
 * channels (LeNet's second), a transposed one in groups; and a pool. Three kilobytes, milliseconds to run.
 */
export function probeGraph(): GraphFile {
  return { name: "The engine's probe", file: writeOnnx(model()), beside: new Map() };
}

export function probeFeed(): Feed {
  const dims = [1, 6, SIDE, SIDE];
  return { name: "x", type: TENSOR_TYPES.float32, dims, values: sampleNumbers(6 * SIDE * SIDE) };
}

function model(): OnnxModel {
  const node = (opType: string, inputs: string[], output: string, attributes: Record<string, number | number[]>) => ({
    name: output,
    opType,
    domain: "",
    inputs,
    outputs: [output],
    attributes: new Map(
      Object.entries(attributes).map(([name, value]) => [
        name,
        typeof value === "number" ? ({ kind: "int", value } as const) : ({ kind: "ints", values: value } as const),
      ]),
    ),
    metadata: new Map<string, string>(),
  });
  const value = (name: string) => ({ name, type: TENSOR_TYPES.float32, dims: null });
  return {
    irVersion: 8,
    opsets: new Map([["", 17]]),
    producer: "",
    graph: {
      name: "probe",
      nodes: [
        node("Conv", ["x", "weights"], "convolved", { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
        node("ConvTranspose", ["convolved", "grouped"], "spread", { kernel_shape: [3, 3], group: 4, strides: [2, 2] }),
        node("MaxPool", ["convolved"], "pooled", { kernel_shape: [3, 3], strides: [2, 2] }),
      ],
      initializers: [weights("weights", [16, 6, 3, 3]), weights("grouped", [16, 1, 3, 3])],
      inputs: [{ ...value("x"), dims: [1, 6, SIDE, SIDE] }],
      outputs: ["convolved", "spread", "pooled"].map(value),
      values: [],
    },
  };
}

function weights(name: string, dims: readonly number[]): OnnxTensor {
  const count = dims.reduce((product, size) => product * size, 1);
  const numbers = sampleNumbers(count).map((number) => number - 0.5);
  return { name, type: TENSOR_TYPES.float32, dims, data: { kind: "here", bytes: new Uint8Array(numbers.buffer) } };
}

import type { Engine } from "../model/engine/engine.ts";
import { probeFeed } from "../model/engine/probe-graph.ts";
import { sampleNumbers } from "../model/engine/sample-numbers.ts";
import { type OnnxNode, type OnnxTensor, TENSOR_TYPES } from "../model/onnx/onnx-model.ts";
import { type Attributes, operator } from "../model/onnx/operator.ts";
import { readOnnx } from "../model/onnx/read/read-onnx.ts";
import { elementCount } from "../model/onnx/tensor-size.ts";
import { writeOnnx } from "../model/onnx/write/write-onnx.ts";
import { captureFeeds } from "./capture-graph.ts";
import { type GradientGraph, gradientGraph } from "./gradient-graph.ts";

const CLASSES = 4;

/**
 * The gradient of a small network for `probeFeed`: convolutions of one stride and of two, in groups and not, from 6 to 16
 * channels and back, a pool whose windows overlap, a product.
 */
export async function probeGradient(engine: Engine): Promise<GradientGraph> {
  const name = "The gradient's probe";
  const { opset, nodes, weights } = network();
  const { type, dims } = probeFeed();
  const file = writeOnnx({
    irVersion: 8,
    opsets: new Map([["", opset]]),
    producer: "",
    graph: {
      name: "probe",
      nodes,
      initializers: weights,
      inputs: [{ name: "x", type, dims }],
      outputs: [{ name: "y", type, dims: null }],
      values: [],
    },
  });
  const model = { name, file, beside: new Map(), onnx: readOnnx(file, name) };
  const captured = await captureFeeds(engine, model, [probeFeed()], ["y"]);
  const seed = sampleNumbers(CLASSES);
  return gradientGraph(model, { batch: 1, ...captured }, { output: "y", at: "x", batch: 1, seed });
}

function network(): {
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly OnnxTensor[];
} {
  const node = (opType: string, inputs: readonly string[], output: string, attributes: Attributes = {}) =>
    operator(output, opType, inputs, [output], attributes);
  return {
    opset: 17,
    nodes: [
      node("Conv", ["x", "wide"], "convolved", { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
      node("Relu", ["convolved"], "positive"),
      node("MaxPool", ["positive"], "pooled", { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
      node("Conv", ["pooled", "grouped"], "halved", { kernel_shape: [3, 3], strides: [2, 2], group: 4 }),
      node("Flatten", ["halved"], "flat"),
      node("Gemm", ["flat", "matrix"], "y"),
    ],
    weights: [weight("wide", [16, 6, 3, 3]), weight("grouped", [8, 4, 3, 3]), weight("matrix", [32, CLASSES])],
  };
}

function weight(name: string, dims: readonly number[]): OnnxTensor {
  const numbers = sampleNumbers(elementCount(dims)).map((number) => number - 0.5);
  return { name, type: TENSOR_TYPES.float32, dims, data: { kind: "here", bytes: new Uint8Array(numbers.buffer) } };
}

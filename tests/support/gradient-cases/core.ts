// What the core does whatever the rules: sums, names, forms of constants, tensors that are computed from sizes alone.

import type { OnnxAttribute, OnnxNode } from "../../../src/compute/model/onnx/onnx-model.ts";
import { type GradientCase, integers, node, tensor } from "../gradient-check.ts";

function constant(name: string, attribute: string, value: OnnxAttribute): OnnxNode {
  return { ...node("Constant", [], [name]), attributes: new Map([[attribute, value]]) };
}

export const core: readonly GradientCase[] = [
  {
    name: "a tensor that two operators take gets the sum of what both give",
    opset: 17,
    nodes: [node("Mul", ["x", "x"], ["square"]), node("Add", ["square", "x"], ["y"])],
    inputs: { x: tensor([2, 3]) },
  },
  {
    name: "of an operator's answers two are used and one is not",
    opset: 17,
    nodes: [node("Split", ["x", "lengths"], ["a", "unused", "b"], { axis: 1 }), node("Mul", ["a", "b"], ["y"])],
    inputs: { x: tensor([2, 6]) },
    initializers: { lengths: integers([2, 2, 2]) },
  },
  {
    name: "constants in every form that a Constant has",
    opset: 17,
    nodes: [
      constant("scalar", "value_float", { kind: "float", value: 1.5 }),
      constant("list", "value_floats", { kind: "floats", values: [0.5, -2, 3] }),
      constant("whole", "value_int", { kind: "int", value: 1 }),
      constant("dims", "value_ints", { kind: "ints", values: [3, 2] }),
      node("Mul", ["x", "scalar"], ["a"]),
      node("Add", ["a", "list"], ["b"]),
      node("Gather", ["b", "whole"], ["row"], { axis: 0 }),
      node("Mul", ["b", "row"], ["c"]),
      node("Reshape", ["c", "dims"], ["y"]),
    ],
    inputs: { x: tensor([2, 3]) },
  },
  {
    name: "a new shape that is computed from the old one",
    opset: 17,
    nodes: [
      node("Shape", ["x"], ["shape"]),
      node("Gather", ["shape", "first"], ["count"], { axis: 0 }),
      node("Concat", ["count", "rest"], ["dims"], { axis: 0 }),
      node("Reshape", ["x", "dims"], ["flat"]),
      node("Cast", ["count"], ["size"], { to: 1 }),
      node("Mul", ["flat", "size"], ["scaled"]),
      node("Mul", ["scaled", "flat"], ["y"]),
    ],
    inputs: { x: tensor([2, 3, 2]) },
    initializers: { first: integers([0]), rest: integers([-1]) },
  },
  {
    name: "names that the backward half would have taken",
    opset: 17,
    nodes: [
      node("Mul", ["seed", "gradient"], ["layerscope/backward/Mul/0"]),
      node("Mul", ["layerscope/backward/Mul/0", "seed"], ["y"]),
    ],
    inputs: { seed: tensor([2, 3]), gradient: tensor([2, 3], 0.5, 2) },
  },
  {
    name: "what no gradient comes through, on the way",
    opset: 17,
    nodes: [
      node("ArgMax", ["x"], ["highest"], { axis: 1, keepdims: 1 }),
      node("Cast", ["highest"], ["place"], { to: 1 }),
      node("Mul", ["x", "place"], ["moved"]),
      node("Greater", ["x", "zero"], ["isPositive"]),
      node("Where", ["isPositive", "moved", "x"], ["chosen"]),
      node("Mul", ["chosen", "x"], ["y"]),
    ],
    inputs: { x: { dims: [2, 3], values: [0.3, -0.8, 0.9, 0.7, 0.2, -0.4] } },
    initializers: { zero: { dims: [], values: [0] } },
  },
  ...[9, 11, 13, 18, 20, 22].map(
    (opset): GradientCase => ({
      name: `a broadcast sum and a bias in opset ${opset}`,
      opset,
      nodes: [
        node("Add", ["x", "row"], ["moved"]),
        node("Mul", ["moved", "column"], ["scaled"]),
        node("Mul", ["scaled", "x"], ["y"]),
      ],
      inputs: { x: tensor([2, 3]), row: tensor([3]), column: tensor([2, 1]) },
    }),
  ),
];

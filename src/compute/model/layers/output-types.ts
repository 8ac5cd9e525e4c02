import { type OnnxGraph, type OnnxNode, TENSOR_TYPES } from "../onnx/onnx-model.ts";
import { numberOf } from "./attribute-values.ts";

const BOOL = TENSOR_TYPES.bool;
const INT64 = TENSOR_TYPES.int64;
const INT32 = TENSOR_TYPES.int32;

/** Operators whose answer has a type of its own, whatever they take. */
const OWN: Readonly<Record<string, number>> = {
  Equal: BOOL,
  Greater: BOOL,
  GreaterOrEqual: BOOL,
  Less: BOOL,
  LessOrEqual: BOOL,
  Not: BOOL,
  And: BOOL,
  Or: BOOL,
  Xor: BOOL,
  IsNaN: BOOL,
  IsInf: BOOL,
  ArgMax: INT64,
  ArgMin: INT64,
  NonZero: INT64,
  NonMaxSuppression: INT64,
  ConvInteger: INT32,
  MatMulInteger: INT32,
  DynamicQuantizeLinear: TENSOR_TYPES.uint8,
};
/** Operators whose answer has the type of another input than the first. */
const LIKE_INPUT: Readonly<Record<string, number>> = {
  Where: 1,
  DequantizeLinear: 1,
  QuantizeLinear: 2,
  QLinearConv: 7,
  QLinearMatMul: 7,
  CastLike: 1,
};

/** Types of all tensors by ONNX' rules for the operators, where the file doesn't note them; 0 where nothing tells. */
export function tensorTypes(graph: OnnxGraph): ReadonlyMap<string, number> {
  const types = new Map<string, number>();
  for (const { name, type } of [...graph.values, ...graph.outputs, ...graph.inputs, ...graph.initializers])
    if (type !== 0) types.set(name, type);
  for (const node of graph.nodes) {
    const type = typeAfter(node, types);
    for (const name of node.outputs) if (!types.has(name)) types.set(name, type);
  }
  return types;
}

function typeAfter(node: OnnxNode, types: ReadonlyMap<string, number>): number {
  if (node.opType === "Cast") return numberOf(node, "to", 0);
  if (node.opType === "Constant") {
    const value = node.attributes.get("value");
    if (value?.kind === "tensor") return value.tensor.type;
    return node.attributes.has("value_int") || node.attributes.has("value_ints") ? INT64 : TENSOR_TYPES.float32;
  }
  const own = OWN[node.opType];
  if (own !== undefined) return own;
  const like = types.get(node.inputs[LIKE_INPUT[node.opType] ?? 0] ?? "");
  if (node.opType === "QuantizeLinear") return like ?? TENSOR_TYPES.uint8;
  return like ?? 0;
}

import { TENSOR_TYPES } from "../model/onnx/onnx-model.ts";

const FRACTIONS: ReadonlySet<number> = new Set([
  TENSOR_TYPES.float32,
  TENSOR_TYPES.float16,
  TENSOR_TYPES.float64,
  TENSOR_TYPES.bfloat16,
]);

/** Whether tensors of a type can have a gradient: a number of `TENSOR_TYPES`, or 0 for one that the file doesn't tell. */
export function isFractionType(type: number): boolean {
  return type === 0 || FRACTIONS.has(type);
}

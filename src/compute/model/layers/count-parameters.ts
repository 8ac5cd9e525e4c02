import { type OnnxNode, TENSOR_TYPES } from "../onnx/onnx-model.ts";
import { elementCount } from "../onnx/tensor-size.ts";
import type { ConstantSources } from "./constant-sources.ts";

/** The inputs of quantised operators that are weights, not scales or zero points. */
const QUANTIZED_WEIGHTS: Readonly<Record<string, readonly number[]>> = {
  QLinearConv: [3, 8],
  QLinearMatMul: [3],
  ConvInteger: [1],
  MatMulInteger: [1],
  QGemm: [3, 6],
  DequantizeLinear: [0],
};
/** Their constants say how, not what. */
const WITHOUT_WEIGHTS = new Set(["Resize", "Upsample", "Clip", "Pad", "QuantizeLinear", "Dropout"]);
/** A single number that they take is a setting: the 0.5 in a GELU written out, the scale of an attention. */
const TAKE_SETTINGS = new Set(["Mul", "Div", "Sub", "Pow", "Max", "Min", "Where", "Mod"]);

const FLOATS = new Set<number>([
  TENSOR_TYPES.float16,
  TENSOR_TYPES.float32,
  TENSOR_TYPES.float64,
  TENSOR_TYPES.bfloat16,
]);

/**
 * How many weights an operator brings: numbers in floating point that the file keeps for it and no operator before it
 * had.
 */
export function countParameters(node: OnnxNode, sources: ConstantSources): number {
  const slots = QUANTIZED_WEIGHTS[node.opType];
  const found = sources.take(slots ? slots.map((slot) => node.inputs[slot] ?? "") : node.inputs);
  if (WITHOUT_WEIGHTS.has(node.opType)) return 0;
  return found
    .filter(({ tensor, unpacked }) => slots || unpacked || FLOATS.has(tensor.type))
    .filter(({ tensor }) => !isSetting(node, tensor.dims))
    .reduce((total, { tensor }) => total + elementCount(tensor.dims), 0);
}

function isSetting({ opType }: OnnxNode, dims: readonly number[]): boolean {
  if (opType === "PRelu" || elementCount(dims) !== 1) return false;
  return dims.length === 0 || TAKE_SETTINGS.has(opType);
}

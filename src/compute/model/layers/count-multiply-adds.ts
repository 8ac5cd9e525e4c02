import type { OnnxNode } from "../onnx/onnx-model.ts";
import { elementCount } from "../onnx/tensor-size.ts";
import { numberOf } from "./attribute-values.ts";

/** Dimensions of a tensor, null where they are not known. */
export type DimsOf = (name: string | undefined) => readonly number[] | null;

type Dims = readonly number[];
/** Multiply-adds from the dimensions of the inputs and of the first output, all of which are known. */
type Formula = (inputs: readonly Dims[], output: Dims, node: OnnxNode) => number | null;

/** Each element of the answer sums over a window and the input channels of its group. */
const convolution =
  (weight: number): Formula =>
  (inputs, output) =>
    elementCount(output) * elementCount((inputs[weight] ?? []).slice(1));

/** Each element of the input goes into a window of the output channels of its group. */
const transposed: Formula = (inputs) => elementCount(inputs[0] ?? []) * elementCount((inputs[1] ?? []).slice(1));

/** The inner dimension is the left matrix' last, unless it is taken lying down. */
const product: Formula = (inputs, output, node) =>
  elementCount(output) * (inputs[0]?.at(numberOf(node, "transA", 0) ? -2 : -1) ?? 1);

/** Every index of the equation runs through its size once, for each product of two. */
const einsum: Formula = (inputs, _, node) => {
  const equation = node.attributes.get("equation");
  if (equation?.kind !== "string" || node.inputs.length !== 2 || equation.value.includes(".")) return null;
  const terms = equation.value.replace(/\s/g, "").split("->")[0]?.split(",") ?? [];
  const sizes = new Map<string, number>();
  for (const [at, term] of terms.entries())
    for (const [axis, label] of [...term].entries()) sizes.set(label, inputs[at]?.[axis] ?? 1);
  return elementCount([...sizes.values()]);
};

/** Queries by keys, then what comes of it by values (Vaswani et al. 2017, equation 1). */
const attention: Formula = (inputs) => {
  const [query = [], key = [], value = []] = inputs;
  const queries = query.at(-2) ?? 1;
  const keys = key.at(-2) ?? 1;
  // (batch, heads, length, size), or (batch, length, heads * size): a product is the same either way, but for heads
  // that share keys, whose count the query has.
  const valueSize = value.length === 4 ? (query[1] ?? 1) * (value[3] ?? 1) : (value.at(-1) ?? 1);
  const querySize = query.length === 4 ? (query[1] ?? 1) * (query[3] ?? 1) : (query.at(-1) ?? 1);
  return (query[0] ?? 1) * queries * keys * (querySize + valueSize);
};

/** Microsoft's operator of the same name brings the weights that make queries, keys and values of its input. */
const packedAttention: Formula = (inputs) => {
  const [[batch = 1, length = 1, size = 1] = [], [, packed = 1] = []] = inputs;
  return batch * length * size * packed + (batch * length * length * packed * 2) / 3;
};

/** Each step multiplies the weights for the input and those for the state once (ONNX: LSTM, GRU, RNN). */
const recurrent: Formula = (inputs) => {
  const [sequence = [], forInput = [], forState = []] = inputs;
  return elementCount(sequence.slice(0, 2)) * (elementCount(forInput) + elementCount(forState));
};

const FORMULAS: Readonly<Record<string, readonly [inputs: number, formula: Formula]>> = {
  Conv: [2, convolution(1)],
  FusedConv: [2, convolution(1)],
  ConvInteger: [2, convolution(1)],
  DeformConv: [2, convolution(1)],
  QLinearConv: [4, convolution(3)],
  ConvTranspose: [2, transposed],
  Gemm: [2, product],
  FusedGemm: [2, product],
  MatMul: [2, product],
  FusedMatMul: [2, product],
  MatMulInteger: [2, product],
  QLinearMatMul: [4, product],
  QGemm: [4, product],
  MatMulIntegerToFloat: [2, product],
  DynamicQuantizeMatMul: [2, product],
  MatMulNBits: [2, product],
  Einsum: [2, einsum],
  Attention: [3, attention],
  MultiHeadAttention: [3, attention],
  LSTM: [3, recurrent],
  GRU: [3, recurrent],
  RNN: [3, recurrent],
};
const PACKED_ATTENTION = [2, packedAttention] as const;
/** What they do inside is another graph's business. */
const OPEN = new Set(["If", "Loop", "Scan"]);

/**
 * Multiplications with an addition each that an operator needs for the tensors whose dimensions are given: those of
 * convolutions and products of matrices, as ONNX' Operators.md defines them. What works element by element has none.
 *
 * @returns null where a dimension is missing, or where the operator has operators inside.
 */
export function countMultiplyAdds(node: OnnxNode, dimsOf: DimsOf, isLocal: boolean): number | null {
  if (OPEN.has(node.opType) || isLocal) return null;
  const isPacked = node.domain === "com.microsoft" && node.opType === "Attention";
  const [count, formula] = isPacked ? PACKED_ATTENTION : (FORMULAS[node.opType] ?? []);
  if (count === undefined || formula === undefined) return 0;
  const inputs: Dims[] = [];
  for (const name of node.inputs.slice(0, count)) {
    const dims = dimsOf(name);
    if (!dims) return null;
    inputs.push(dims);
  }
  const output = dimsOf(node.outputs[0]);
  return output && inputs.length === count ? formula(inputs, output, node) : null;
}

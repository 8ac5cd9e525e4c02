import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { unbroadcast } from "../../emit/reduction.ts";
import { reshapeTo, transpose } from "../../emit/shape.ts";
import type { GradientRule } from "../../rule.ts";
import { turnedProduct } from "./turned-product.ts";

/**
 * MatMul, y = a b: da = dy bᵀ and db = aᵀ dy, summed over what was broadcast. A list counts as a row on the left and as a
 * column on the right.
 *
 * Where the right side is one matrix for the whole batch, as weights are, Gemm reads it turned: as fast as with a second
 * copy, which the engine else makes when it folds the transposition of a weight (onnxruntime-web 1.30 without prepacking,
 * 4 to 197 rows; of one row it takes twice the time, 7 ms more of 26 million weights).
 */
export const matMul: GradientRule = (node, back) => {
  const [left = "", right = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const gradient = back.gradientOf(output);
  if (gradient === null) return;
  const [a, b, y] = [back.shape(left), back.shape(right), back.shape(output)];
  const [lefts, rights] = [a.length === 1 ? [1, ...a] : a, b.length === 1 ? [...b, 1] : b];
  const [rows = 1, inner = 1] = lefts.slice(-2);
  const columns = rights.at(-1) ?? 1;
  const batch = y.slice(0, y.length - (a.length === 1 ? 0 : 1) - (b.length === 1 ? 0 : 1));

  if (elementCount(rights) === inner * columns) {
    const count = elementCount(batch) * rows;
    const flat = shaped(back, gradient, y, [count, columns]);
    if (back.needs(left)) {
      const matrix = shaped(back, back.read(right), b, [inner, columns]);
      back.give(left, shaped(back, turnedProduct(back, flat, matrix, { transB: 1 }), [count, inner], a));
    }
    if (back.needs(right)) {
      const all = shaped(back, back.read(left), a, [count, inner]);
      back.give(right, shaped(back, turnedProduct(back, all, flat, { transA: 1 }), [inner, columns], b));
    }
    return;
  }
  const whole = shaped(back, gradient, y, [...batch, rows, columns]);
  if (back.needs(left)) {
    const product = back.emit("MatMul", [whole, turned(back, back.read(right), rights.length)]);
    back.give(left, shaped(back, unbroadcast(back, product, [...batch, rows, inner], lefts), lefts, a));
  }
  if (back.needs(right)) {
    const matrices = turned(back, shaped(back, back.read(left), a, lefts), lefts.length);
    const product = back.emit("MatMul", [matrices, whole]);
    back.give(right, unbroadcast(back, product, [...batch, inner, columns], rights));
  }
};

function shaped(back: Backward, tensor: string, from: readonly number[], to: readonly number[]): string {
  return from.join() === to.join() ? tensor : reshapeTo(back, tensor, to);
}

/** Each matrix of a batch turned. */
function turned(back: Backward, tensor: string, rank: number): string {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return transpose(back, tensor, [...axes.slice(0, -2), rank - 1, rank - 2]);
}

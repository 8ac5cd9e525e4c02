import { numberOf } from "../../../model/layers/attribute-values.ts";
import type { Numbers } from "../../../model/onnx/tensor-numbers.ts";
import type { LayerRun } from "../layer/layer-run.ts";
import { broadcastIndex, stridesOf } from "../layer/tensor-places.ts";
import { addUp, productWords, type TakeApart } from "./main-step.ts";
import { stretchesAlong, takeAlong } from "./take-along.ts";

/** Gemm: a row of what goes in times a column of the weights, and the bias. */
export const takeGemm: TakeApart = (run, node, [row = 0, column = 0]) => {
  const [input = "", matrix, biases] = node.inputs;
  const weights = run.constant(matrix);
  const bias = run.constant(biases);
  if (!weights || (biases && !bias) || !run.graph.isDependent(input)) return null;
  const { dims } = run.values(input);
  const [height = 1, width = 1] = dims;
  const isLying = numberOf(node, "transA", 0) !== 0;
  const count = isLying ? height : width;
  const start = isLying ? row : row * width;
  const terms = takeAlong(run, input, start, { channels: { count, step: isLying ? width : 1 } });
  const alpha = numberOf(node, "alpha", 1);
  const [, across = 1] = weights.dims;
  const isTurned = numberOf(node, "transB", 0) !== 0;
  for (let index = 0; index < count; index++)
    terms.weights[index] = alpha * weights.at(isTurned ? column * across + index : index * across + column);
  const added = bias ? numberOf(node, "beta", 1) * bias.at(broadcastIndex(bias.dims, [row, column])) : null;
  const sum = addUp([terms]) + (added ?? 0);
  return { kind: "dense", terms: [terms], bias: added, sum, words: productWords(count, added !== null) };
};

/**
 * MatMul: a row of the left times a column of the right. Where both come from the picture, as in attention, the left's
 * numbers are the values and the right's the weights.
 */
export const takeMatMul: TakeApart = (run, node, place) => {
  const [left = "", right = ""] = node.inputs;
  const values = run.graph.isDependent(left) ? left : right;
  const others = values === left ? numbersOfEither(run, right) : run.constant(left);
  const { dims } = run.values(values);
  // A vector has one line alone, and the answer an axis less for it.
  if (!others || others.dims.length < 2 || dims.length < 2) return null;
  const isLeft = values === left;
  const mine = lineOf(dims, place, isLeft);
  const theirs = lineOf(others.dims, place, !isLeft);
  const stretches = stretchesAlong(run, values, [mine.axis]) ?? { channels: mine };
  const terms = takeAlong(run, values, mine.start, stretches);
  for (let index = 0; index < mine.count; index++) terms.weights[index] = others.at(theirs.start + index * theirs.step);
  const isMixed = run.graph.isDependent(left) && run.graph.isDependent(right);
  const words = isMixed
    ? `${mine.count.toLocaleString("en")} values times as many of ${run.graph.sourceOf(right)} add up to`
    : productWords(mine.count, false);
  return { kind: "dense", terms: [terms], bias: null, sum: addUp([terms]), words };
};

function numbersOfEither(run: LayerRun, tensor: string): Numbers | null {
  return run.graph.isDependent(tensor) ? run.values(tensor) : run.constant(tensor);
}

/** The row (of the left matrix) or column (of the right one) that makes the answer's number at `place`. */
function lineOf(dims: readonly number[], place: readonly number[], isLeft: boolean) {
  const rank = dims.length;
  const strides = stridesOf(dims);
  const [summed, kept] = isLeft ? [rank - 1, rank - 2] : [rank - 2, rank - 1];
  const missing = place.length - rank;
  let start = (place.at(isLeft ? -2 : -1) ?? 0) * (strides[kept] ?? 0);
  for (const [axis, size] of dims.slice(0, -2).entries())
    if (size > 1) start += (place[axis + missing] ?? 0) * (strides[axis] ?? 0);
  return { start, axis: summed, count: dims[summed] ?? 1, step: strides[summed] ?? 1 };
}

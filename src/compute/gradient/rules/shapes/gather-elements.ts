import { axisOf } from "../../../model/layers/attribute-values.ts";
import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { times } from "../../emit/arithmetic.ts";
import { pad } from "../../emit/part.ts";
import { reduceSum } from "../../emit/reduction.ts";
import { reshapeTo } from "../../emit/shape.ts";
import { atFirstInput } from "../at-first-input.ts";
import { addRows, withLength } from "./add-rows.ts";
import { elementPlaces } from "./element-places.ts";
import { indexHits } from "./index-hits.ts";

/** GatherElements: each number gets the sum of the gradients of all places that it was taken to. */
export const gatherElements = atFirstInput(({ node, back, gradient, data }) => {
  const [, indices = ""] = node.inputs;
  const whole = back.shape(data);
  const axis = axisOf(node, 0, whole.length);
  const dims = back.shape(indices);
  if (!back.isConstant(indices)) {
    return addByComparing(back, gradient, indices, { whole, axis, dims });
  }
  const rows = elementPlaces(back.constant(indices), dims, whole, axis);
  const flat = reshapeTo(back, gradient, [rows.length]);
  const sum = addRows(back, flat, { dims: [rows.length], axis: 0, rows, length: elementCount(whole) });
  return reshapeTo(back, sum, whole);
});

/** TopK: what is taken to the answer gets its gradient, the rest nothing. */
export const topK = atFirstInput(({ node, back, gradient, data, output: values }) => {
  const [, indices = ""] = node.outputs;
  const whole = back.shape(data);
  const axis = axisOf(node, -1, whole.length);
  return addByComparing(back, gradient, indices, { whole, axis, dims: back.shape(values) });
});

function addByComparing(
  back: Backward,
  gradient: string,
  indices: string,
  { whole, axis, dims }: { whole: readonly number[]; axis: number; dims: readonly number[] },
): string {
  const across = dims.toSpliced(axis, 0, 1);
  const hits = indexHits(back, indices, { dims: across, axis, length: whole[axis] ?? 0 });
  const spread = times(back, hits, reshapeTo(back, gradient, across));
  const sum = reduceSum(back, spread, [axis + 1], false);
  const reached = withLength(dims, axis, whole[axis] ?? 0);
  return pad(back, sum, [...whole.map(() => 0), ...whole.map((dim, at) => dim - (reached[at] ?? 0))]);
}

import { axisOf, fromFront } from "../../../model/layers/attribute-values.ts";
import { elementCount } from "../../../model/onnx/tensor-size.ts";
import { reshapeTo } from "../../emit/shape.ts";
import type { GradientRule } from "../../rule.ts";
import { addRows, mixRows, withLength } from "./add-rows.ts";
import { indexHits } from "./index-hits.ts";

/** Gather: each row gets the sum of the gradients of all places that it was taken to. Indices may change with the picture. */
export const gather: GradientRule = (node, back) => {
  const [data = "", indices = ""] = node.inputs;
  const gradient = back.gradientOf(node.outputs[0] ?? "");
  if (gradient === null || !back.needs(data)) return;
  const whole = back.shape(data);
  const axis = axisOf(node, 0, whole.length);
  const length = whole[axis] ?? 0;
  const places = back.shape(indices);
  const dims = withLength(whole, axis, elementCount(places));
  const taken = places.length === 1 ? gradient : reshapeTo(back, gradient, dims);
  if (back.isConstant(indices)) {
    const rows = back.constant(indices).map((row) => fromFront(row, length));
    const [start = 0] = rows;
    if (rows.every((row, at) => row === start + at))
      back.givePart(data, { gradient: taken, axis, start, length: rows.length });
    else back.give(data, addRows(back, taken, { dims, axis, rows, length }));
  } else {
    const hits = indexHits(back, indices, { dims: [1, elementCount(places)], axis: 0, length });
    back.give(data, mixRows(back, taken, { dims, axis, length }, hits));
  }
};

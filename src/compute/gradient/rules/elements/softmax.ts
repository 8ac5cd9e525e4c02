import { axisOf } from "../../../model/layers/attribute-values.ts";
import { minus, times } from "../../emit/arithmetic.ts";
import { reduceSum } from "../../emit/reduction.ts";
import { numberByNumber, type Place } from "./number-by-number.ts";

/** Opset from which one axis is meant; before it, that one and all behind it together. */
const ONE_AXIS = 13;

/** Softmax: y (dy - the sum of y dy). */
export const softmax = numberByNumber((place) => {
  const { back, dy, y } = place;
  return times(back, y, minus(back, dy, reduceSum(back, times(back, dy, y), axesOf(place))));
});

/** LogSoftmax: dy - e^y times the sum of dy. */
export const logSoftmax = numberByNumber((place) => {
  const { back, dy, y } = place;
  return minus(back, dy, times(back, back.emit("Exp", [y]), reduceSum(back, dy, axesOf(place))));
});

/** Along which the answers of e^... sum up to 1. */
function axesOf({ node, back }: Place): readonly number[] {
  const rank = back.shape(node.inputs[0] ?? "").length;
  if (back.opset >= ONE_AXIS) return [axisOf(node, -1, rank)];
  const first = axisOf(node, 1, rank);
  return Array.from({ length: rank - first }, (_, place) => first + place);
}

import { integersOf } from "../../../model/layers/attribute-values.ts";
import { transpose as turn } from "../../emit/shape.ts";
import { atFirstInput } from "../at-first-input.ts";

/** Transpose: the gradient is turned the other way about. Without `perm` the axes come in reverse. */
export const transpose = atFirstInput(({ node, back, gradient, data }) => {
  const axes = back.shape(data).map((_, axis) => axis);
  const order = integersOf(node, "perm") ?? axes.toReversed();
  return turn(
    back,
    gradient,
    axes.map((axis) => order.indexOf(axis)),
  );
});

import { numberOf } from "../../../model/layers/attribute-values.ts";
import type { GradientRule } from "../../rule.ts";

/** Trilu: the same triangle of the gradient. */
export const triangle: GradientRule = (node, back) => {
  const [data = "", ...diagonal] = node.inputs;
  const dy = back.gradientOf(node.outputs[0] ?? "");
  if (dy !== null) back.give(data, back.emit("Trilu", [dy, ...diagonal], { upper: numberOf(node, "upper", 1) }));
};

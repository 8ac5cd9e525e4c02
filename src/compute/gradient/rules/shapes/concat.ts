import { axisOf } from "../../../model/layers/attribute-values.ts";
import { slice, split } from "../../emit/part.ts";
import type { GradientRule } from "../../rule.ts";

/** Concat: each input gets its own part of the gradient. */
export const concat: GradientRule = (node, back) => {
  const [output = ""] = node.outputs;
  const gradient = back.gradientOf(output);
  if (gradient === null) return;
  const axis = axisOf(node, 0, back.shape(output).length);
  const lengths = node.inputs.map((input) => back.shape(input)[axis] ?? 0);
  if (node.inputs.length > 1 && node.inputs.every((input) => back.needs(input))) {
    const parts = split(back, gradient, axis, lengths);
    for (const [at, input] of node.inputs.entries()) back.give(input, parts[at] ?? "");
    return;
  }
  let start = 0;
  for (const [at, input] of node.inputs.entries()) {
    const end = start + (lengths[at] ?? 0);
    if (back.needs(input)) back.give(input, slice(back, gradient, [start], [end], [axis]));
    start = end;
  }
};

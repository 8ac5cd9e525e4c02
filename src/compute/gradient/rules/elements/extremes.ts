import { keepWhereEqual, keepWhereUnequal } from "../../emit/comparison.ts";
import type { GradientRule } from "../../rule.ts";
import { giveBroadcast } from "./arithmetic.ts";

/**
 * Max and Min of several tensors: all of the gradient to the one that is the answer, to the first of equal ones
 * (PyTorch's `maximum` halves it between two, which costs two passes more).
 */
export const extreme: GradientRule = (node, back) => {
  const [output = ""] = node.outputs;
  let rest = back.gradientOf(output);
  if (rest === null) return;
  const y = back.read(output);
  const last = node.inputs.findLastIndex((input) => back.needs(input));
  for (const [place, input] of node.inputs.slice(0, last + 1).entries()) {
    const dy = rest;
    const x = back.read(input);
    const isLast = place === node.inputs.length - 1;
    giveBroadcast(back, input, output, () => (isLast && place > 0 ? dy : keepWhereEqual(back, x, y, dy)));
    if (place < last) rest = keepWhereUnequal(back, x, y, dy);
  }
};

import { axisOf } from "../../../model/layers/attribute-values.ts";
import type { GradientRule } from "../../rule.ts";

/** Split: the gradients of the parts one behind the other, with zeros where nothing stands on a part. */
export const split: GradientRule = (node, back) => {
  const [data = ""] = node.inputs;
  const axis = axisOf(node, 0, back.shape(data).length);
  let start = 0;
  for (const output of node.outputs) {
    const length = output === "" ? 0 : (back.shape(output)[axis] ?? 0);
    const gradient = output === "" ? null : back.gradientOf(output);
    if (gradient !== null) back.givePart(data, { gradient, axis, start, length });
    start += length;
  }
};

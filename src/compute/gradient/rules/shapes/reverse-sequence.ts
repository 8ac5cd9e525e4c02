import { numberOf } from "../../../model/layers/attribute-values.ts";
import { atFirstInput } from "../at-first-input.ts";

/** ReverseSequence: turned about once more, each number is where it came from. */
export const reverseSequence = atFirstInput(({ node, back, gradient }) => {
  const [, lengths = ""] = node.inputs;
  const attributes = { batch_axis: numberOf(node, "batch_axis", 1), time_axis: numberOf(node, "time_axis", 0) };
  return back.emit("ReverseSequence", [gradient, lengths], attributes);
});

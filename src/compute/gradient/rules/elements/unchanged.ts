import { type GradientRule, unknownForm } from "../../rule.ts";

/** Identity, and casts from one kind of fractions to another: gradients are in single precision on either side. */
export const identity: GradientRule = (node, back) => {
  const dy = back.gradientOf(node.outputs[0] ?? "");
  if (dy !== null) back.give(node.inputs[0] ?? "", dy);
};

/** Dropout as it is when a network is used: nothing is dropped. */
export const dropout: GradientRule = (node, back) => {
  const [, , training = ""] = node.inputs;
  const drops = training !== "" && (!back.isConstant(training) || back.constant(training).some((flag) => flag !== 0));
  if (drops) throw unknownForm(node, "in training mode");
  identity(node, back);
};

import { numberOf } from "../../../model/layers/attribute-values.ts";
import type { Backward } from "../../backward.ts";
import { negative, over, times } from "../../emit/arithmetic.ts";
import { unbroadcast } from "../../emit/reduction.ts";
import { type GradientRule, unknownForm } from "../../rule.ts";

/** Add and Sum: 1 to each. */
export const sum: GradientRule = (node, back) => {
  const [output = ""] = node.outputs;
  const dy = back.gradientOf(output);
  if (dy !== null) for (const input of node.inputs) giveBroadcast(back, input, output, () => dy);
};

/** Mean of several tensors: of so many one part each. */
export const mean: GradientRule = (node, back) => {
  const [output = ""] = node.outputs;
  const dy = back.gradientOf(output);
  if (dy === null) return;
  const part = times(back, dy, back.number(1 / node.inputs.length));
  for (const input of node.inputs) giveBroadcast(back, input, output, () => part);
};

/** Sub: 1 and -1. */
export const sub: GradientRule = (node, back) => {
  const [left = "", right = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const dy = back.gradientOf(output);
  if (dy === null) return;
  giveBroadcast(back, left, output, () => dy);
  // The sign is turned last: what was broadcast has fewer numbers by then.
  if (back.needs(right)) back.give(right, negative(back, summed(back, dy, output, right)));
};

/** Mul: each gets the other. */
export const mul: GradientRule = (node, back) => {
  const [left = "", right = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const dy = back.gradientOf(output);
  if (dy === null) return;
  giveBroadcast(back, left, output, () => times(back, dy, back.read(right)));
  giveBroadcast(back, right, output, () => times(back, dy, back.read(left)));
};

/** Div: 1 / b and -y / b. */
export const div: GradientRule = (node, back) => {
  const [left = "", right = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const dy = back.gradientOf(output);
  if (dy === null) return;
  const quotient = over(back, dy, back.read(right));
  giveBroadcast(back, left, output, () => quotient);
  if (!back.needs(right)) return;
  back.give(right, negative(back, summed(back, times(back, quotient, back.read(output)), output, right)));
};

/** Mod of fractions: 1 to the dividend, as in PyTorch; whole numbers have no gradient. */
export const mod: GradientRule = (node, back) => {
  const [left = "", right = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const dy = numberOf(node, "fmod", 0) === 1 ? back.gradientOf(output) : null;
  if (dy === null) return;
  if (back.needs(right)) throw unknownForm(node, "by a divisor that changes with the picture");
  giveBroadcast(back, left, output, () => dy);
};

/** Where: the gradient to the one that was taken. */
export const whereRule: GradientRule = (node, back) => {
  const [condition = "", then = "", otherwise = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const dy = back.gradientOf(output);
  if (dy === null) return;
  const zero = back.number(0);
  giveBroadcast(back, then, output, () => back.emit("Where", [condition, dy, zero]));
  giveBroadcast(back, otherwise, output, () => back.emit("Where", [condition, zero, dy]));
};

/** Give an input that may have been broadcast what a gradient of the output's dimensions sums up to. */
export function giveBroadcast(back: Backward, input: string, output: string, write: () => string): void {
  if (back.needs(input)) back.give(input, summed(back, write(), output, input));
}

function summed(back: Backward, gradient: string, output: string, input: string): string {
  return unbroadcast(back, gradient, back.shape(output), back.shape(input));
}

import { numberOf } from "../../../model/layers/attribute-values.ts";
import { keepWhere, times, where } from "../../emit/arithmetic.ts";
import { isAbove, isPositive, keepWherePositive } from "../../emit/comparison.ts";
import { unbroadcast } from "../../emit/reduction.ts";
import type { GradientRule } from "../../rule.ts";
import { numberByNumber } from "./number-by-number.ts";

/** Relu: 1 above 0; 0 at 0 itself, as PyTorch has it. Of the answer, so that a convolution before it stays fused with it. */
export const relu = numberByNumber(({ back, dy, y }) => keepWherePositive(back, y, dy));

/** LeakyRelu: 1 above 0, its slope at 0 and below, as PyTorch has it. */
export const leakyRelu = numberByNumber(({ node, back, dy, x, y }) => {
  const alpha = numberOf(node, "alpha", 0.01);
  // A negative slope makes both sides positive.
  const slope = where(back, isPositive(back, alpha < 0 ? x : y), back.number(1), back.number(alpha));
  return times(back, dy, slope);
});

/** PRelu: 1 above 0, its slope at 0 and below; the slope gets the input where that is at 0 or below. */
export const pRelu: GradientRule = (node, back) => {
  const [input = "", slope = ""] = node.inputs;
  const dy = back.gradientOf(node.outputs[0] ?? "");
  if (dy === null) return;
  const x = back.read(input);
  const above = isPositive(back, x);
  if (back.needs(input)) back.give(input, times(back, dy, where(back, above, back.number(1), back.read(slope))));
  if (!back.needs(slope)) return;
  const gradient = where(back, above, back.number(0), times(back, dy, x));
  back.give(slope, unbroadcast(back, gradient, back.shape(input), back.shape(slope)));
};

/** ThresholdedRelu: 1 above the threshold, 0 at it and below. */
export const thresholdedRelu = numberByNumber(({ node, back, dy, x }) =>
  keepWhere(back, isAbove(back, x, back.number(numberOf(node, "alpha", 1))), dy),
);

/** Shrink: 1 farther from 0 than its bound, 0 at the bound and nearer. */
export const shrink = numberByNumber(({ node, back, dy, x }) =>
  keepWhere(back, isAbove(back, back.emit("Abs", [x]), back.number(numberOf(node, "lambd", 0.5))), dy),
);

import { integersOf, numberOf } from "../../../model/layers/attribute-values.ts";
import { slidingSides } from "../../../model/layers/sliding-sides.ts";
import type { Backward } from "../../backward.ts";
import { keepWhere, over, times, where } from "../../emit/arithmetic.ts";
import { isPositive, withSignOf } from "../../emit/comparison.ts";
import { atFirstInput } from "../at-first-input.ts";
import { unmix } from "./mix-along.ts";
import { pooledMixtures } from "./pooled-mixtures.ts";

/**
 * LpPool, the p-th root of the sum of p-th powers in a window: a number's power p - 1, by its sign, over that of the
 * window's answer. Where the answer is 0 nothing is passed on.
 */
export const lpPool = atFirstInput(({ node, back, gradient, data, output }) => {
  const sizes = back.shape(data).slice(2);
  const pooled = back.shape(output);
  const sides = slidingSides(node, integersOf(node, "kernel_shape") ?? [], sizes);
  const mixtures = pooledMixtures(sides, sizes, pooled.slice(2), () => 1);
  const power = numberOf(node, "p", 2);
  const shared = unmix(back, perAnswer(back, gradient, output, power), pooled, mixtures);
  return byNumber(back, shared, data, power);
});

/** GlobalLpPool: the same with one window over all places. */
export const globalLpPool = atFirstInput(({ node, back, gradient, data, output }) => {
  const power = numberOf(node, "p", 2);
  return byNumber(back, perAnswer(back, gradient, output, power), data, power);
});

/** The gradient over the answer's power p - 1. */
function perAnswer(back: Backward, gradient: string, output: string, power: number): string {
  if (power === 1) return gradient;
  const answer = back.read(output);
  const isSome = isPositive(back, answer);
  const divisor = power === 2 ? answer : back.emit("Pow", [answer, back.number(power - 1)]);
  return keepWhere(back, isSome, over(back, gradient, where(back, isSome, divisor, back.number(1))));
}

/** Times each number's power p - 1, by its sign. */
function byNumber(back: Backward, shared: string, data: string, power: number): string {
  const number = back.read(data);
  if (power === 2) return times(back, shared, number);
  const powers =
    power === 1 ? shared : times(back, shared, back.emit("Pow", [back.emit("Abs", [number]), back.number(power - 1)]));
  return withSignOf(back, number, powers);
}

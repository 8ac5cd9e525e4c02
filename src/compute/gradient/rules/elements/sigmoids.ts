import { numberOf } from "../../../model/layers/attribute-values.ts";
import type { Backward } from "../../backward.ts";
import { minus, over, plus, times } from "../../emit/arithmetic.ts";
import { clipTo, keepWhereEqual } from "../../emit/comparison.ts";
import { numberByNumber } from "./number-by-number.ts";

/** Sigmoid: y (1 - y). */
export const sigmoid = numberByNumber(({ back, dy, y }) => times(back, dy, bell(back, y)));

/** Tanh: 1 - y^2. */
export const tanh = numberByNumber(({ back, dy, y }) =>
  times(back, dy, minus(back, back.number(1), times(back, y, y))),
);

/** Softplus: the sigmoid. */
export const softplus = numberByNumber(({ back, dy, x }) => times(back, dy, back.emit("Sigmoid", [x])));

/** Softsign: 1 / (1 + |x|)^2. */
export const softsign = numberByNumber(({ back, dy, x }) => {
  const size = plus(back, back.emit("Abs", [x]), back.number(1));
  return over(back, dy, times(back, size, size));
});

/** HardSigmoid: its slope where the line lies between 0 and 1, 0 elsewhere; the slope at the two ends. */
export const hardSigmoid = numberByNumber(({ node, back, dy, x }) => {
  const alpha = numberOf(node, "alpha", 0.2);
  const beta = numberOf(node, "beta", 0.5);
  const ends = [-beta / alpha, (1 - beta) / alpha];
  const between = clipTo(back, x, Math.min(...ends), Math.max(...ends));
  return keepWhereEqual(back, x, between, times(back, dy, back.number(alpha)));
});

/** s (1 - s), the derivative of a sigmoid by its answer. */
function bell(back: Backward, sigmoid: string): string {
  return times(back, sigmoid, minus(back, back.number(1), sigmoid));
}

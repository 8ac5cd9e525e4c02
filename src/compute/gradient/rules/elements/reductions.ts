import type { Backward } from "../../backward.ts";
import { keepWhere, minus, negative, over, plus, times } from "../../emit/arithmetic.ts";
import { isAbove, isPositive, keepWhereEqual, onesWhereEqual, withSignOf } from "../../emit/comparison.ts";
import { reduced, reduceSum } from "../../emit/reduction.ts";
import { expandTo } from "../../emit/shape.ts";
import { reduction } from "./reduction.ts";

/** ReduceSum: 1 to each. */
export const reduceSumRule = reduction(({ back, dy, dims }) => expandTo(back, dy, dims));

/** ReduceMean: of so many one part each. */
export const reduceMeanRule = reduction(({ back, dy, dims, axes }) => {
  const count = axes.reduce((product, axis) => product * (dims[axis] ?? 1), 1);
  return expandTo(back, times(back, dy, back.number(1 / count)), dims);
});

/** ReduceMax and ReduceMin: the gradient in equal parts to all that are the answer, as PyTorch's `amax` has it. */
export const reduceExtreme = reduction(({ back, dy, x, y, axes }) => {
  const count = reduceSum(back, onesWhereEqual(back, x, y), axes);
  return keepWhereEqual(back, x, y, over(back, dy, count));
});

/** ReduceL1: the sign, 0 at 0. */
export const reduceL1 = reduction(({ back, dy, x }) => withSignOf(back, x, dy));

/** ReduceL2: x / y, 0 where all are 0, as PyTorch has it. */
export const reduceL2 = reduction(({ back, dy, x, y }) => times(back, x, overPositive(back, dy, y)));

/** ReduceSumSquare: 2x. */
export const reduceSumSquare = reduction(({ back, dy, x }) => times(back, x, times(back, dy, back.number(2))));

/** ReduceLogSum: 1 over the sum, which is e^y. */
export const reduceLogSum = reduction(({ back, dy, y, dims }) =>
  expandTo(back, times(back, dy, back.emit("Exp", [negative(back, y)])), dims),
);

/** ReduceLogSumExp: the softmax, e^(x - y). */
export const reduceLogSumExp = reduction(({ back, dy, x, y }) =>
  times(back, back.emit("Exp", [minus(back, x, y)]), dy),
);

/**
 * ReduceProd: to each the product of the others. Zeros are counted and left out of the product: with one, it alone gets
 * a gradient, with more, none does.
 */
export const reduceProd = reduction(({ back, dy, x, axes }) => {
  const zeros = onesWhereEqual(back, x, back.number(0));
  const nonzero = plus(back, x, zeros);
  const product = times(back, dy, reduced(back, "ReduceProd", nonzero, axes));
  const zerosElsewhere = minus(back, reduceSum(back, zeros, axes), zeros);
  return keepWhere(back, isAbove(back, back.number(0.5), zerosElsewhere), over(back, product, nonzero));
});

/** A gradient over a size that is no less than 0; 0 where it is 0. */
export function overPositive(back: Backward, gradient: string, size: string): string {
  return keepWhere(back, isPositive(back, size), over(back, gradient, size));
}

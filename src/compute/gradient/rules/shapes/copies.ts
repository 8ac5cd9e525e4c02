import { reduceSum, unbroadcast } from "../../emit/reduction.ts";
import { reshapeTo } from "../../emit/shape.ts";
import { atFirstInput } from "../at-first-input.ts";

/** Expand: each number gets the sum of the gradients of its copies. */
export const expand = atFirstInput(({ back, gradient, data, output }) =>
  unbroadcast(back, gradient, back.shape(output), back.shape(data)),
);

/** Tile: as Expand, of copies that lie a whole axis apart. */
export const tile = atFirstInput(({ back, gradient, data, output }) => {
  const whole = back.shape(output);
  const split: number[] = [];
  const copies: number[] = [];
  back.shape(data).forEach((dim, axis) => {
    const times = (whole[axis] ?? 0) / dim;
    if (times !== 1) copies.push(split.push(times) - 1);
    split.push(dim);
  });
  const sum = copies.length === 0 ? gradient : reduceSum(back, reshapeTo(back, gradient, split), copies, false);
  return sum;
});

import { numberOf } from "../../../model/layers/attribute-values.ts";
import { plus, times, where } from "../../emit/arithmetic.ts";
import { clipTo, isPositive } from "../../emit/comparison.ts";
import { numberByNumber, type Place } from "./number-by-number.ts";

/** Of the standard (Klambauer et al., Self-Normalizing Neural Networks, 2017). */
const SELU = { alpha: 1.6732631921768188, gamma: 1.0507010221481323 };
/** Below every exponential unit with a factor of 1. */
const LEAST = -1;

/** Elu: 1 above 0, alpha e^x at 0 and below, which is the answer plus alpha. */
export const elu = numberByNumber((place) => {
  const alpha = numberOf(place.node, "alpha", 1);
  return alpha === 1 ? belowOne(place, 1) : scaled(place, 1, alpha);
});

/** Selu: Elu times gamma. */
export const selu = numberByNumber((place) =>
  scaled(place, numberOf(place.node, "gamma", SELU.gamma), numberOf(place.node, "alpha", SELU.alpha)),
);

/** Celu: 1 above 0, e^(x / alpha) at 0 and below, which is the answer over alpha, plus 1. */
export const celu = numberByNumber((place) => belowOne(place, numberOf(place.node, "alpha", 1)));

/** 1 + min(0, y) / alpha: continuous, so it needs no comparison. */
function belowOne({ back, dy, y }: Place, alpha: number): string {
  const below = clipTo(back, y, LEAST * Math.abs(alpha), 0);
  const part = alpha === 1 ? below : times(back, below, back.number(1 / alpha));
  return times(back, dy, plus(back, part, back.number(1)));
}

function scaled({ back, dy, x, y }: Place, gamma: number, alpha: number): string {
  const below = plus(back, y, back.number(gamma * alpha));
  return times(back, dy, where(back, isPositive(back, x), back.number(gamma), below));
}

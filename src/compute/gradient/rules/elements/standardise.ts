import type { Backward } from "../../backward.ts";
import { minus, over, plus, times } from "../../emit/arithmetic.ts";
import { reduceMean } from "../../emit/reduction.ts";
import { expandTo } from "../../emit/shape.ts";

/** Opset from which one operator answers with all that is wanted of the last axes. */
const LAYER_NORMALIZATION = 17;

/** A tensor with mean 0 and variance 1 along axes, and what its deviation was divided by, as a factor. */
export interface Standardised {
  readonly standard: string;
  /** 1 / sqrt(variance + epsilon), with axes of length 1. */
  readonly inverse: string;
  readonly axes: readonly number[];
}

/**
 * Standardise once more what a normalisation has standardised: its own answer is scaled and shifted, and its variance
 * stays inside.
 *
 * @param axes - In ascending order.
 */
export function standardise(
  back: Backward,
  x: string,
  dims: readonly number[],
  axes: readonly number[],
  epsilon: number,
): Standardised {
  const first = dims.length - axes.length;
  if (back.opset >= LAYER_NORMALIZATION && axes[0] === first) {
    const ones = expandTo(back, back.number(1), dims.slice(first));
    const attributes = { axis: first, epsilon: { float: epsilon } };
    const [standard = "", , inverse = ""] = back.emitAll("LayerNormalization", [x, ones], 3, attributes);
    return { standard, inverse, axes };
  }
  const centred = minus(back, x, reduceMean(back, x, axes));
  const variance = reduceMean(back, times(back, centred, centred), axes);
  const deviation = back.emit("Sqrt", [plus(back, variance, back.number(epsilon))]);
  return { standard: over(back, centred, deviation), inverse: over(back, back.number(1), deviation), axes };
}

/**
 * The gradient of what was standardised.
 *
 * @param gradient - Of the standardised tensor.
 * @param factor - Of the gradient, constant along the axes: it is multiplied in where numbers are few.
 */
export function throughStandardised(
  back: Backward,
  { standard, inverse, axes }: Standardised,
  gradient: string,
  factor?: string,
): string {
  const along = times(back, standard, reduceMean(back, times(back, gradient, standard), axes));
  const rest = minus(back, minus(back, gradient, reduceMean(back, gradient, axes)), along);
  return times(back, rest, factor === undefined ? inverse : times(back, inverse, factor));
}

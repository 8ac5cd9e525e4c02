import type { Normalize } from "../../compute/feature-maps/stretch.ts";

/** What colours mean. */
export interface ScaleWords {
  readonly low: string;
  readonly high: string;
  /** Whose ends these are. */
  readonly of: string;
}

const WORDS: Readonly<Record<Normalize, ScaleWords>> = {
  zscore: { low: "−2 sd", high: "+2 sd", of: "about the channel's mean" },
  minmax: { low: "least", high: "most", of: "of the channel" },
  layer: { low: "least", high: "most", of: "of the layer" },
  signed: { low: "−", high: "+", of: "0 ± the layer's largest" },
};

/** What stands beside a strength bar and a crossed-out channel that explain the others. */
export const STRENGTH_WORDS = "strength in its layer";
export const CONSTANT_WORDS = "constant";

/** What the ends of a map's colours stand for. */
export function scaleWords(normalize: Normalize): ScaleWords {
  return WORDS[normalize];
}

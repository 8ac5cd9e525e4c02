import type { Filter } from "./resize-filters.ts";

/** Bits behind the point: 8 of a channel and 2 for what negative weights overshoot leave so many of 32. */
export const POINT = 22;

/** What each pixel of a resized line is made of. */
export interface LineWeights {
  /** The first pixel that each of them takes from. */
  readonly starts: Int32Array;
  /** How many. */
  readonly counts: Int32Array;
  /** Weights in units of 2^-22, `most` a pixel. */
  readonly weights: Int32Array;
  readonly most: number;
}

/**
 * The weights of a line of `from` pixels brought to `to`: Pillow's (`Resample.c`), in its order of operations, so that they
 * round alike. A line that gets shorter widens the filter by as much.
 */
export function weighLine(from: number, to: number, filter: Filter): LineWeights {
  const scale = from / to;
  const widened = Math.max(scale, 1);
  const support = filter.support * widened;
  const most = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Int32Array(to * most);
  const exact = new Float64Array(most);
  for (let place = 0; place < to; place++) {
    const center = (place + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const count = Math.min(from, Math.trunc(center + support + 0.5)) - start;
    let total = 0;
    for (let k = 0; k < count; k++) {
      const weight = filter.weight((k + start - center + 0.5) * (1 / widened));
      exact[k] = weight;
      total += weight;
    }
    for (let k = 0; k < count; k++) {
      const weight = (exact[k] ?? 0) / (total || 1);
      weights[place * most + k] = Math.trunc(weight * 2 ** POINT + (weight < 0 ? -0.5 : 0.5));
    }
    starts[place] = start;
    counts[place] = count;
  }
  return { starts, counts, weights, most };
}

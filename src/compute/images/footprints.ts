/**
 * Which source pixels lie under each target pixel along one axis, and how much of each: in units in which a source pixel
 * is `to` long and a target pixel `from`, every overlap is a whole number.
 */
export interface Footprints {
  /** First source pixel under each target pixel. */
  readonly first: Int32Array;
  /** Where the overlaps of each target pixel begin in `weights`; one more entry than target pixels. */
  readonly starts: Int32Array;
  /** Overlaps; those of one target pixel sum to `from`. */
  readonly weights: Int32Array;
}

/** The footprints of `to` target pixels on `from` source pixels, laid over the same length. */
export function footprints(from: number, to: number): Footprints {
  const first = new Int32Array(to);
  const starts = new Int32Array(to + 1);
  const weights: number[] = [];
  for (let target = 0; target < to; target++) {
    const begin = target * from;
    const end = begin + from;
    const source = Math.floor(begin / to);
    first[target] = source;
    for (let edge = source * to; edge < end; edge += to) weights.push(Math.min(edge + to, end) - Math.max(edge, begin));
    starts[target + 1] = weights.length;
  }
  return { first, starts, weights: Int32Array.from(weights) };
}

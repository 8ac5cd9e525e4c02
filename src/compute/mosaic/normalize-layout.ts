import { rankValues } from "./rank-values.ts";

/** How a layout was brought into the unit square, one number for each axis; what new points go through as well. */
export interface LayoutScale {
  /** What became 0 and 1: the least and the greatest value after clipping. */
  readonly range: readonly [low: readonly number[], high: readonly number[]];
  /** Where values were cut off. */
  readonly clip: readonly [low: readonly number[], high: readonly number[]];
}

export interface NormalizeOptions {
  /** Percentiles 0 to 100 between which the bulk lies. */
  readonly minPercentile: number;
  readonly maxPercentile: number;
  /** How much more than the bulk is kept on each side, as a part of its span. */
  readonly relativeMargin: number;
}

export const normalizeDefaults: NormalizeOptions = { minPercentile: 1, maxPercentile: 99, relativeMargin: 0.1 };

/**
 * Bring a layout into the unit square as Slideflow does after UMAP (`stats_utils.normalize_layout`): on each axis cut
 * off what lies further out than a margin around the percentiles, then stretch what is left to 0..1. A few far
 * outliers end at the border instead of pressing all others together.
 *
 * The margin is upstream's, so that maps compare: the upper one is taken after the lower one has widened the span, and
 * is 0.11 of it at the default where the lower is 0.1. Two things differ: positions that are not finite stay so and
 * count for nothing (upstream they make all others NaN), and an axis without any extent becomes 0.5 (upstream NaN).
 *
 * @param positions `dimensions` numbers for each point, interleaved; single or double precision, and given back in it.
 */
export function normalizeLayout<Positions extends Float32Array | Float64Array>(
  positions: Positions,
  { minPercentile, maxPercentile, relativeMargin }: NormalizeOptions = normalizeDefaults,
  dimensions = 2,
): { readonly positions: Positions; readonly scale: LayoutScale } {
  const range: [number[], number[]] = [[], []];
  const clip: [number[], number[]] = [[], []];
  for (let axis = 0; axis < dimensions; axis++) {
    const { values, least, most } = finiteOnAxis(positions, axis, dimensions);
    let low = percentile(values, minPercentile);
    let high = percentile(values, maxPercentile);
    low -= relativeMargin * (high - low);
    high += relativeMargin * (high - low);
    clip[0].push(low);
    clip[1].push(high);
    range[0].push(cut(least, low, high));
    range[1].push(cut(most, low, high));
  }
  const scale = { range, clip };
  return { positions: applyLayoutScale(positions, scale), scale };
}

/** Other points of the same layout, cut off and stretched like it. They may end beyond 0..1, where it had a gap. */
export function applyLayoutScale<Positions extends Float32Array | Float64Array>(
  positions: Positions,
  { range, clip }: LayoutScale,
): Positions {
  const scaled = positions.slice() as Positions;
  const dimensions = clip[0].length;
  for (let place = 0; place < scaled.length; place++) {
    const axis = place % dimensions;
    const value = scaled[place] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    const low = range[0][axis] ?? 0;
    const span = (range[1][axis] ?? 0) - low;
    const inside = cut(value, clip[0][axis] ?? 0, clip[1][axis] ?? 0);
    scaled[place] = span > 0 ? (inside - low) / span : 0.5;
  }
  return scaled;
}

function finiteOnAxis(positions: Float32Array | Float64Array, axis: number, dimensions: number) {
  const values = new Float64Array(Math.ceil((positions.length - axis) / dimensions));
  let finite = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let place = axis; place < positions.length; place += dimensions) {
    const value = positions[place] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    values[finite++] = value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { values: values.subarray(0, finite), least, most };
}

/** Linear between neighbours, with the roundings of `numpy.percentile`. */
function percentile(values: Float64Array, percent: number): number {
  const place = (percent / 100) * (values.length - 1);
  const before = Math.floor(place);
  const part = place - before;
  const [low, high] = rankValues(values, before);
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}

function cut(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

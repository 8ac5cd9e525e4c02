import { type ChannelStatistics, isDead } from "./channel-statistics.ts";

/**
 * How a channel's numbers become levels from 0 to 255.
 *
 * - "zscore": `(x - mean) / deviation * 64 + 128`, cut to 0 to 255 and truncated, in single precision, step by step as
 *   NumPy does it. A map of one place has no deviation: it is drawn as "layer" draws it.
 * - "minmax": from the channel's least to its most.
 * - "layer": from the layer's least to its most: channels can be compared.
 * - "signed": 128 for 0, the layer's largest magnitude 1 and 255.
 */
export type Normalize = (typeof NORMALIZATIONS)[number];

export const NORMALIZATIONS = ["zscore", "minmax", "layer", "signed"] as const;

/**
 * Levels of one channel, to be coloured by a palette of 256. A dead channel is 0 everywhere with "zscore" and "minmax"; so
 * is what is no number.
 *
 * @param data - The layer's, channel first.
 * @param into - As many levels as a channel has places.
 */
export function stretchChannel(
  data: Float32Array,
  statistics: ChannelStatistics,
  channel: number,
  normalize: Normalize,
  into: Uint8Array,
): void {
  const places = into.length;
  const values = data.subarray(channel * places, (channel + 1) * places);
  const { range } = statistics;
  // Of what is the same everywhere single precision may have a mean that is beside it.
  if (normalize === "zscore" && isDead(statistics, channel, places)) into.fill(0);
  else if (normalize === "zscore" && places > 1)
    standardize(values, statistics.numpy.mean[channel] ?? 0, statistics.numpy.deviation[channel] ?? 0, into);
  else if (normalize === "minmax" && places > 1)
    between(values, statistics.minimum[channel] ?? 0, statistics.maximum[channel] ?? 0, into);
  else if (normalize === "signed") aroundZero(values, Math.max(-range.minimum, range.maximum), into);
  else between(values, range.minimum, range.maximum, into);
}

function standardize(values: Float32Array, mean: number, deviation: number, into: Uint8Array): void {
  const { fround, max, min } = Math;
  for (let at = 0; at < into.length; at++) {
    const score = fround(fround((values[at] ?? 0) - mean) / deviation);
    into[at] = max(0, min(255, fround(fround(score * 64) + 128)));
  }
}

function between(values: Float32Array, least: number, most: number, into: Uint8Array): void {
  const scale = most > least ? 255 / (most - least) : 0;
  for (let at = 0; at < into.length; at++) into[at] = Math.round(((values[at] ?? 0) - least) * scale);
}

function aroundZero(values: Float32Array, largest: number, into: Uint8Array): void {
  const scale = largest > 0 ? 127 / largest : 0;
  for (let at = 0; at < into.length; at++) into[at] = Math.round((values[at] ?? 0) * scale + 128);
}

import type { ChannelStatistics } from "./channel-statistics.ts";

export const CHANNEL_ORDERS = ["index", "mean", "max", "zeros", "difference"] as const;

/** By what channels are sorted: what has most of it comes first; "index" is as the model has them. */
export type ChannelOrder = (typeof CHANNEL_ORDERS)[number];

/**
 * A layer's channels in the order in which they are shown: of those that are alike, and without a number, as the model has
 * them.
 *
 * @param other - What the layer's channels are like for another picture: "difference" is how far the means lie apart, so
 * that the same thing at another place makes none. Without another picture it is "index".
 */
export function orderChannels(
  statistics: ChannelStatistics,
  by: ChannelOrder,
  other: ChannelStatistics | null = null,
): Int32Array<ArrayBuffer> {
  const keys = keysOf(statistics, by, other);
  const order = Int32Array.from(statistics.mean, (_, channel) => channel);
  return keys ? order.sort((a, b) => keyAt(keys, b) - keyAt(keys, a) || a - b) : order;
}

function keysOf(
  { mean, maximum, zeros }: ChannelStatistics,
  by: ChannelOrder,
  other: ChannelStatistics | null,
): Float32Array | null {
  if (by === "mean") return mean;
  if (by === "max") return maximum;
  if (by === "zeros") return zeros;
  if (by === "difference" && other) return mean.map((value, channel) => Math.abs(value - (other.mean[channel] ?? 0)));
  return null;
}

/** Finite, so that differences are numbers. */
function keyAt(keys: Float32Array, channel: number): number {
  const key = keys[channel] ?? 0;
  return Number.isNaN(key) ? -Number.MAX_VALUE : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, key));
}

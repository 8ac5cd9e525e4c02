import type { LoadedModel } from "../loaded-model.ts";

/** More channels than this no picture has, and fewer pixels a side. */
const MOST_CHANNELS = 4;

/** How a picture lies in the numbers that a model takes. */
export interface PictureSides {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly channelsLast: boolean;
}

/**
 * How a picture lies as a model takes it. An input of two dimensions has one channel; a vector is one pixel of as many
 * channels as it has numbers.
 *
 * @param dims - Of one picture, without the batch.
 */
export function pictureSides(format: LoadedModel["format"], dims: readonly number[]): PictureSides {
  const channelsLast = areChannelsLast(format, dims);
  const [first = 1, second = 1, third = 1] = dims;
  if (dims.length < 2) return { height: 1, width: 1, channels: first, channelsLast };
  return channelsLast
    ? { height: first, width: second, channels: third, channelsLast }
    : { height: second, width: third, channels: first, channelsLast };
}

/** Channels are told by their number; where that says nothing, as the format has them. */
function areChannelsLast(format: LoadedModel["format"], dims: readonly number[]): boolean {
  if (dims.length < 3) return true;
  const isFirst = (dims[0] ?? 0) <= MOST_CHANNELS;
  const isLast = (dims[2] ?? 0) <= MOST_CHANNELS;
  return format === "keras" ? !isFirst || isLast : isLast && !isFirst;
}

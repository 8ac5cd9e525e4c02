import type { BatchLayout } from "../features/preprocess/preprocessing.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import type { ShownPicture } from "./feature-maps.ts";

/** More channels than this no picture has, and fewer pixels a side. */
const MOST_CHANNELS = 4;

/**
 * How a picture lies as a model takes it. An input of two dimensions has one channel; a vector is one pixel of as many
 * channels as it has numbers.
 *
 * @param dims - Of one picture, without the batch.
 */
export function pictureShown(
  format: LoadedModel["format"],
  dims: readonly number[],
  data: Float32Array<ArrayBuffer>,
): ShownPicture {
  const layout = layoutOf(format, dims);
  const [first = 1, second = 1, third = 1] = dims;
  if (dims.length < 2) return { data, height: 1, width: 1, channels: first, layout };
  if (layout === "NCHW") return { data, height: second, width: third, channels: first, layout };
  return { data, height: first, width: second, channels: third, layout };
}

/** Channels are told by their number; where that says nothing, as the format has them. */
export function layoutOf(format: LoadedModel["format"], dims: readonly number[]): BatchLayout {
  if (dims.length < 3) return "NHWC";
  const isFirst = (dims[0] ?? 0) <= MOST_CHANNELS;
  const isLast = (dims[2] ?? 0) <= MOST_CHANNELS;
  if (format === "keras") return isFirst && !isLast ? "NCHW" : "NHWC";
  return isLast && !isFirst ? "NHWC" : "NCHW";
}

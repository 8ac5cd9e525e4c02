import type { BatchLayout } from "../features/preprocess/preprocessing.ts";
import { pictureSides } from "../model/engine/picture-sides.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import type { ShownPicture } from "./feature-maps.ts";

/**
 * A picture, and how it lies as a model takes it (`pictureSides`).
 *
 * @param dims - Of one picture, without the batch.
 */
export function pictureShown(
  format: LoadedModel["format"],
  dims: readonly number[],
  data: Float32Array<ArrayBuffer>,
): ShownPicture {
  const { height, width, channels } = pictureSides(format, dims);
  return { data, height, width, channels, layout: layoutOf(format, dims) };
}

/** Where a model has its pictures' channels. */
export function layoutOf(format: LoadedModel["format"], dims: readonly number[]): BatchLayout {
  return pictureSides(format, dims).channelsLast ? "NHWC" : "NCHW";
}

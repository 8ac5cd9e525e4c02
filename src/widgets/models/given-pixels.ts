import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { pixelsOfBitmap } from "../host/packable-picture.ts";
import { isImageSource } from "../host/sources.ts";
import { type InputPixels, inputPixels } from "./input-pixels.ts";
import type { ModelPictures } from "./page-model.ts";

/** So many channels a picture may have: grey, colours, colours with opacity. */
const CHANNELS: readonly number[] = [1, 3, 4];

/**
 * A picture to be drawn that no model has seen. What numbers of one mean, their range tells.
 *
 * @param pictures As they come, or n × height × width, with channels first or last or without.
 * @throws {ComputeError} "input" for a picture that can't be had, and for numbers of another shape; "cancelled".
 */
export async function givenPixels(pictures: ModelPictures, row: number, job: Job): Promise<InputPixels> {
  if (isImageSource(pictures)) {
    const bitmap = await pictures.get(row, job);
    if (!bitmap)
      throw new ComputeError("input", `Picture ${row} could not be had.`, "Leave its row out, or pass its bytes.");
    const { bytes } = pixelsOfBitmap(row, bitmap);
    return { width: bitmap.width, height: bitmap.height, data: new Uint8ClampedArray(bytes.buffer) };
  }
  const [, first = 0, second = 0, third = 1] = pictures.shape;
  const isLast = pictures.shape.length < 4 || CHANNELS.includes(third);
  if (![3, 4].includes(pictures.shape.length) || (!isLast && !CHANNELS.includes(first)))
    throw new ComputeError(
      "input",
      `images of the shape ${pictures.shape.join(" × ")} are no pictures.`,
      "Pass n × height × width × channels.",
    );
  const sides = isLast
    ? { height: first, width: second, channels: third, layout: "NHWC" as const }
    : { height: second, width: third, channels: first, layout: "NCHW" as const };
  const { height, width, channels } = sides;
  const size = height * width * channels;
  const read = await pictures.read(job);
  const data = Float32Array.from(read.subarray(row * size, (row + 1) * size));
  return inputPixels({ data, ...sides }, null);
}

import { checkPixels, type RawPixels } from "./raw-pixels.ts";

/**
 * Red-green-blue to the four channels of a canvas, and the mean of all pixels, rounded once, halves up: what
 * `shrinkPixels` gives for the picture's own size and for one pixel, in one pass.
 *
 * @param into - Where the pixels go, `width * height * 4` bytes.
 * @returns The mean: red, green, blue and opacity.
 * @throws {ComputeError} kind "input" when the bytes are not those of a picture of this size.
 */
export function spreadColors(picture: RawPixels, into: Uint8Array): Uint8Array<ArrayBuffer> {
  checkPixels(picture);
  const { pixels } = picture;
  let [reds, greens, blues] = [0, 0, 0];
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    const [red, green, blue] = [pixels[from] ?? 0, pixels[from + 1] ?? 0, pixels[from + 2] ?? 0];
    into[to] = red;
    into[to + 1] = green;
    into[to + 2] = blue;
    into[to + 3] = 255;
    reds += red;
    greens += green;
    blues += blue;
  }
  const count = pixels.length / 3;
  return Uint8Array.of(...[reds, greens, blues].map((sum) => Math.floor(sum / count + 0.5)), 255);
}

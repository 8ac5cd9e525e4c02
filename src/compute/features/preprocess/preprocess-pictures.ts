import { ComputeError } from "../../errors.ts";
import { checkPixels, type RawPixels } from "../../images/raw-pixels.ts";
import { resizePicture } from "../../images/resize/resize-picture.ts";
import { normalizeStain } from "../../images/stain/normalize-stain.ts";
import { withoutOpacity } from "../../images/without-opacity.ts";
import { levelTables, standardizedLevels } from "./level-tables.ts";
import { channelCount, type Preprocessing, validatePreprocessing } from "./preprocessing.ts";

/** Pictures as a network takes them. */
export interface PictureBatch {
  readonly data: Float32Array<ArrayBuffer>;
  /** Pictures, then rows, columns and channels as `layout` has them. */
  readonly dims: readonly [number, number, number, number];
}

/** Parts of 65,536 that red, green and blue have in a grey: ITU-R BT.601, rounded as Pillow's `convert("L")` rounds it. */
const [RED, GREEN, BLUE, HALF] = [19595, 38470, 7471, 0x8000];

/**
 * Pictures as a network takes them: without opacity, resized, brought to a stain, in the network's channels, scaled; as
 * Keras' `load_img` and `preprocess_input` have them where these do the same.
 *
 * @param pictures - 8 bits a channel; grey, colours, or colours with opacity. Of any size where `size` is given.
 * @throws {ComputeError} kind "input" for a setting or a picture that can't be used, and for pictures of different sizes
 * where none is given.
 */
export function preprocessPictures(pictures: readonly RawPixels[], preprocessing: Preprocessing): PictureBatch {
  validatePreprocessing(preprocessing);
  const count = channelCount(preprocessing);
  const { width, height } = preprocessing.size ?? commonSize(pictures);
  const one = width * height * count;
  const data = new Float32Array(pictures.length * one);
  const tables = levelTables(preprocessing);
  for (const [place, picture] of pictures.entries()) {
    const values = networkChannels(picture, { width, height }, preprocessing);
    const { standardize } = preprocessing;
    const own = standardize ? standardizedLevels(standardize, values) : null;
    const target = data.subarray(place * one, (place + 1) * one);
    for (let channel = 0; channel < count; channel++) {
      const table = own ?? tables[channel] ?? new Float32Array();
      if (preprocessing.layout === "NCHW")
        for (let pixel = 0; pixel < width * height; pixel++)
          target[channel * width * height + pixel] = table[values[pixel * count + channel] ?? 0] ?? 0;
      else for (let at = channel; at < one; at += count) target[at] = table[values[at] ?? 0] ?? 0;
    }
  }
  const { length } = pictures;
  return {
    data,
    dims: preprocessing.layout === "NCHW" ? [length, count, height, width] : [length, height, width, count],
  };
}

function commonSize(pictures: readonly RawPixels[]): { readonly width: number; readonly height: number } {
  const [first] = pictures;
  if (!first) throw new ComputeError("input", "There is no picture.", "Pass one at least.");
  const { width, height } = first;
  const other = pictures.findIndex((picture) => picture.width !== width || picture.height !== height);
  if (other < 0) return { width, height };
  const { width: wide, height: high } = pictures[other] ?? first;
  throw new ComputeError(
    "input",
    `Picture ${other} has ${wide} × ${high} pixels, picture 0 has ${width} × ${height}.`,
    "Give the size that all are resized to.",
  );
}

/** One picture's values from 0 to 255, pixel after pixel, in the channels that the network sees. */
function networkChannels(
  picture: RawPixels,
  size: { readonly width: number; readonly height: number },
  { resize, normalizer, channels }: Preprocessing,
): Uint8Array {
  checkPixels(picture);
  const colors = withoutOpacity(picture);
  // Keras' load_img turns grey first and resizes then.
  if (channels === "grey") return resizePicture(greyOf(colors), size, resize).pixels;
  const sized = resizePicture(colors, size, resize);
  const { pixels, channels: had } = normalizer ? normalizeStain(sized, normalizer).picture : sized;
  if (had === 1) return Uint8Array.from({ length: pixels.length * 3 }, (_, at) => pixels[Math.floor(at / 3)] ?? 0);
  return channels === "RGB" ? pixels : reversed(pixels);
}

function greyOf(picture: RawPixels): RawPixels {
  if (picture.channels === 1) return picture;
  const { pixels: colors } = picture;
  const pixels = new Uint8Array(colors.length / 3);
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const at = pixel * 3;
    const sum = (colors[at] ?? 0) * RED + (colors[at + 1] ?? 0) * GREEN + (colors[at + 2] ?? 0) * BLUE;
    pixels[pixel] = (sum + HALF) >> 16;
  }
  return { ...picture, pixels, channels: 1 };
}

function reversed(colors: Uint8Array): Uint8Array {
  const turned = new Uint8Array(colors.length);
  for (let at = 0; at < colors.length; at += 3) {
    turned[at] = colors[at + 2] ?? 0;
    turned[at + 1] = colors[at + 1] ?? 0;
    turned[at + 2] = colors[at] ?? 0;
  }
  return turned;
}

import { ComputeError } from "../../errors.ts";
import { checkPixels, type RawPixels } from "../raw-pixels.ts";
import { POINT, weighLine } from "./resample-line.ts";
import { FILTERS, type Filter, type ResizeFilter } from "./resize-filters.ts";

/**
 * A picture in another size, byte for byte as Pillow 13.0 makes it of an "L" or "RGB" picture (`Image.resize`): rows, then
 * columns, rounded to 8 bits between. Opacity (a fourth channel) is resized as a channel of its own. Earlier versions of Pillow
 * never begin with columns, which can be one level apart.
 *
 * @param size - Pixels across and down.
 * @param filter - "nearest" is what Keras' `load_img` does unless told otherwise.
 * @returns The picture itself where it has that size already.
 * @throws {ComputeError} kind "input" when the picture's bytes are not those of its size, or the size is no whole number of
 * pixels.
 */
export function resizePicture(
  picture: RawPixels,
  size: { readonly width: number; readonly height: number },
  filter: ResizeFilter,
): RawPixels {
  checkPixels(picture);
  const { width, height } = size;
  if (!isSide(width) || !isSide(height))
    throw new ComputeError(
      "input",
      `A picture cannot have ${width} × ${height} pixels.`,
      "Give whole numbers from 1 to 65,535.",
    );
  if (width === picture.width && height === picture.height) return picture;
  if (filter === "nearest") return pickNearest(picture, width, height);
  const rows = (from: RawPixels) => resizeRows(from, width, FILTERS[filter]);
  const columns = (from: RawPixels) => resizeColumns(from, height, FILTERS[filter]);
  return isColumnsFirst(picture, size) ? rows(columns(picture)) : columns(rows(picture));
}

/** Pillow 13.0 begins with columns where they lose over twice as many pixels as rows do (its pull request 9549). */
function isColumnsFirst(from: RawPixels, to: { readonly width: number; readonly height: number }): boolean {
  const lost = from.height - to.height;
  return lost > 0 && lost > 2 * (from.width - to.width);
}

function isSide(pixels: number): boolean {
  return Number.isInteger(pixels) && pixels > 0 && pixels < 65536;
}

function pickNearest(
  { pixels, width: oldWidth, height: oldHeight, channels }: RawPixels,
  width: number,
  height: number,
) {
  const columns = nearestPlaces(oldWidth, width);
  const rows = nearestPlaces(oldHeight, height);
  const resized = new Uint8Array(width * height * channels);
  let write = 0;
  for (const row of rows)
    for (const column of columns) {
      const read = (row * oldWidth + column) * channels;
      for (let channel = 0; channel < channels; channel++) resized[write++] = pixels[read + channel] ?? 0;
    }
  return { pixels: resized, width, height, channels };
}

/** Pillow adds one step after the other, and their rounding errors with them. */
function nearestPlaces(from: number, to: number): Int32Array {
  const step = from / to;
  const places = new Int32Array(to);
  let middle = step * 0.5;
  for (let place = 0; place < to; place++) {
    places[place] = Math.min(from - 1, Math.trunc(middle));
    middle += step;
  }
  return places;
}

function resizeRows(picture: RawPixels, width: number, filter: Filter): RawPixels {
  const { pixels, width: oldWidth, height, channels } = picture;
  if (width === oldWidth) return picture;
  const { starts, counts, weights, most } = weighLine(oldWidth, width, filter);
  const resized = new Uint8Array(width * height * channels);
  let write = 0;
  for (let row = 0; row < height; row++)
    for (let place = 0; place < width; place++) {
      const first = (row * oldWidth + (starts[place] ?? 0)) * channels;
      const count = counts[place] ?? 0;
      for (let channel = 0; channel < channels; channel++) {
        let sum = HALF;
        for (let k = 0; k < count; k++)
          sum += (pixels[first + k * channels + channel] ?? 0) * (weights[place * most + k] ?? 0);
        resized[write++] = toByte(sum);
      }
    }
  return { pixels: resized, width, height, channels };
}

function resizeColumns(picture: RawPixels, height: number, filter: Filter): RawPixels {
  const { pixels, width, height: oldHeight, channels } = picture;
  if (height === oldHeight) return picture;
  const { starts, counts, weights, most } = weighLine(oldHeight, height, filter);
  const across = width * channels;
  const resized = new Uint8Array(across * height);
  const sums = new Int32Array(across);
  for (let place = 0; place < height; place++) {
    sums.fill(HALF);
    const count = counts[place] ?? 0;
    for (let k = 0; k < count; k++) {
      const weight = weights[place * most + k] ?? 0;
      const first = ((starts[place] ?? 0) + k) * across;
      for (let x = 0; x < across; x++) sums[x] = (sums[x] ?? 0) + (pixels[first + x] ?? 0) * weight;
    }
    for (let x = 0; x < across; x++) resized[place * across + x] = toByte(sums[x] ?? 0);
  }
  return { pixels: resized, width, height, channels };
}

const HALF = 2 ** (POINT - 1);

function toByte(sum: number): number {
  return Math.max(0, Math.min(255, sum >> POINT));
}

import { areaSums } from "./area-sums.ts";
import { checkPixels, isOpaque, type RawPixels } from "./raw-pixels.ts";

/**
 * A picture at another size by area averaging: each target pixel is the mean of what lies under it, source pixels at its
 * edges counted by the part that does. The mean is taken of the values as they are stored (scikit-image's
 * `resize_local_mean`, Pillow's `BOX`), from whole-number sums, rounded once, halves up. Where pixels are transparent,
 * colours count by their opacity.
 *
 * @param into - Where the pixels go, `toWidth * toHeight * 4` bytes; made when left out.
 * @returns Red, green, blue and opacity, not multiplied, row after row.
 * @throws {ComputeError} kind "input" when the bytes are not those of a picture of this size.
 */
export function shrinkPixels(
  source: RawPixels,
  toWidth: number,
  toHeight: number,
  into: Uint8Array<ArrayBuffer> = new Uint8Array(toWidth * toHeight * 4),
): Uint8Array<ArrayBuffer> {
  checkPixels(source);
  const { width, height } = source;
  if (width === toWidth && height === toHeight) spreadPixels(source, into);
  else if (isOpaque(source)) shrinkOpaque(source, toWidth, toHeight, into);
  else shrinkTransparent(source, toWidth, toHeight, into);
  return into;
}

/** Grey and red-green-blue to the four channels of a canvas. */
function spreadPixels({ pixels, channels }: RawPixels, into: Uint8Array): void {
  if (channels === 4) {
    into.set(pixels);
    return;
  }
  const green = channels === 1 ? 0 : 1;
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += 4) {
    into[to] = pixels[from] ?? 0;
    into[to + 1] = pixels[from + green] ?? 0;
    into[to + 2] = pixels[from + 2 * green] ?? 0;
    into[to + 3] = 255;
  }
}

function shrinkOpaque(
  { pixels, width, height, channels }: RawPixels,
  toWidth: number,
  toHeight: number,
  into: Uint8Array,
): void {
  const area = width * height;
  const sums = areaSums(pixels, width, height, channels, toWidth, toHeight);
  const green = channels === 1 ? 0 : 1;
  for (let from = 0, to = 0; from < sums.length; from += channels, to += 4) {
    into[to] = roundedShare(sums[from] ?? 0, area);
    into[to + 1] = roundedShare(sums[from + green] ?? 0, area);
    into[to + 2] = roundedShare(sums[from + 2 * green] ?? 0, area);
    into[to + 3] = 255;
  }
}

function shrinkTransparent(
  { pixels, width, height }: RawPixels,
  toWidth: number,
  toHeight: number,
  into: Uint8Array,
): void {
  const area = width * height;
  const multiplied = new Uint16Array(pixels.length);
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3] ?? 0;
    for (let channel = 0; channel < 3; channel++) multiplied[i + channel] = (pixels[i + channel] ?? 0) * alpha;
    multiplied[i + 3] = alpha;
  }
  const sums = areaSums(multiplied, width, height, 4, toWidth, toHeight);
  for (let i = 0; i < sums.length; i += 4) {
    const opacity = sums[i + 3] ?? 0;
    for (let channel = 0; channel < 3; channel++)
      into[i + channel] = opacity > 0 ? roundedShare(sums[i + channel] ?? 0, opacity) : 0;
    into[i + 3] = roundedShare(opacity, area);
  }
}

/** Halves up; `sum / whole` is the nearest double, and no other fraction of whole numbers lies that near a half. */
const roundedShare = (sum: number, whole: number) => Math.floor(sum / whole + 0.5);

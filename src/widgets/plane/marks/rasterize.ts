import type { Rgb } from "../../theme/rgb.ts";
import type { Scheme } from "../../theme/tokens.ts";
import { accumulate, emptySums } from "./accumulate.ts";
import { toneOf } from "./ink.ts";
import type { Frame, Scene } from "./scene.ts";
import { denseCount, tonePixels } from "./tone-pixels.ts";

export interface RasterColors {
  readonly scheme: Scheme;
  /** Of the rows that are not selected. */
  readonly notSelected: Rgb;
  /** Painted behind the marks; null leaves the picture transparent. */
  readonly page: Rgb | null;
}

/**
 * The marks as a picture, by the same formula as on the screen, without a browser: for figures of any size.
 *
 * @returns Red, green, blue and opacity (not premultiplied) of `frame.width * frame.height` pixels.
 */
export function rasterize(scene: Scene, frame: Frame, colors: RasterColors): Uint8ClampedArray<ArrayBuffer> {
  const sums = emptySums(frame, scene);
  accumulate(sums, scene, frame, 0, scene.positions.length >> 1);
  const pixels = new Uint8ClampedArray(4 * frame.width * frame.height);
  const tone = toneOf(denseCount(sums), colors.scheme);
  tonePixels(pixels, sums, scene, tone, colors.notSelected, colors.page, 0, frame.height);
  return pixels;
}

import type { Rgb } from "../../theme/rgb.ts";
import type { Sums } from "./accumulate.ts";
import { CountHistogram, DENSE_SHARE } from "./count-histogram.ts";
import { density, ink, type Tone } from "./ink.ts";
import { PALETTE_COLORS, type Scene } from "./scene.ts";

/** The count that gives full ink in this picture: the 99th percentile over its inked pixels. */
export function denseCount({ colored, grey }: Sums): number {
  const histogram = new CountHistogram();
  for (let pixel = 0; 4 * pixel < colored.length; pixel++) {
    const count = (colored[4 * pixel + 3] as number) + (grey === null ? 0 : (grey[pixel] as number));
    if (count > 0) histogram.add(count);
  }
  return histogram.percentile(DENSE_SHARE);
}

/**
 * Turn the sums of the rows of pixels `from` to `to - 1` into colour: grey marks first, marks in colour over them.
 *
 * @param pixels Red, green, blue and opacity (not premultiplied) of the whole picture; changed in place.
 * @param page Painted behind everything; null leaves the picture transparent.
 */
export function tonePixels(
  pixels: Uint8ClampedArray<ArrayBuffer>,
  { colored, grey, width }: Sums,
  scene: Pick<Scene, "codes" | "palette">,
  tone: Tone,
  greyColor: Rgb,
  page: Rgb | null,
  from: number,
  to: number,
): void {
  const byDensity = scene.codes === null;
  const { palette } = scene;
  for (let pixel = from * width; pixel < to * width; pixel++) {
    const at = 4 * pixel;
    const count = colored[at + 3] as number;
    const greyCount = grey === null ? 0 : (grey[pixel] as number);
    const over = ink(count, tone);
    const under = ink(greyCount, tone) * (1 - over);
    let red = under * greyColor[0];
    let green = under * greyColor[1];
    let blue = under * greyColor[2];
    if (count > 0 && byDensity) {
      const shade = 3 * Math.round(density(count, tone) * (PALETTE_COLORS - 1));
      red += over * (palette[shade] as number);
      green += over * (palette[shade + 1] as number);
      blue += over * (palette[shade + 2] as number);
    } else if (count > 0) {
      const share = over / count;
      red += share * (colored[at] as number);
      green += share * (colored[at + 1] as number);
      blue += share * (colored[at + 2] as number);
    }
    let opacity = over + under;
    if (page) {
      const rest = 1 - opacity;
      red += rest * page[0];
      green += rest * page[1];
      blue += rest * page[2];
      opacity = 1;
    }
    const straight = opacity > 0 ? 1 / opacity : 0;
    pixels[at] = red * straight;
    pixels[at + 1] = green * straight;
    pixels[at + 2] = blue * straight;
    pixels[at + 3] = 255 * opacity;
  }
}

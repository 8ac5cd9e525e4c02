import { gaussianBlur } from "../images/blur/gaussian-blur.ts";
import type { PictureLayout } from "../images/picture-layout.ts";
import { randomAt } from "../random.ts";

/** Neither black nor white. */
export const GREY = 0.5;

/** How far the noise of the first picture goes from grey: little, so that what grows is what excites. */
const FAINT = 0.05;
/** Blurs of those that are tried where nothing answers to faint noise: a unit may be blind to all but coarse contrasts. */
const BLURS = [0, 1, 2, 4, 8] as const;

/** How many pictures there are to begin with. */
export const STARTS = 1 + BLURS.length;

/**
 * Seeded noise around grey, from 0 to 1: the same for the same pixel whichever way the picture lies.
 *
 * @param attempt - 0: faint. From 1 to `STARTS` - 1: as strong as fits, and ever coarser.
 */
export function startingPicture(seed: number, layout: PictureLayout, attempt: number): Float64Array {
  const { height, width, channels, channelsLast } = layout;
  const places = height * width;
  const size = places * channels;
  const noise = Float64Array.from({ length: size }, (_, index) => {
    const place = channelsLast ? index : (index % places) * channels + Math.floor(index / places);
    return randomAt(seed, attempt * size + place);
  });
  if (attempt === 0) return noise.map((value) => GREY + FAINT * value);
  const blurred = gaussianBlur(noise, layout, BLURS[attempt - 1] ?? 0, "reflect");
  const most = blurred.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  return blurred.map((value) => GREY + (GREY * value) / most);
}

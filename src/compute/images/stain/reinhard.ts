import { fromLab, toLab } from "./lab.ts";
import type { ReinhardTarget } from "./normalizer.ts";

/** Mean and standard deviation of L, a and b. */
export interface LabStatistics {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** Less than rounding to 8 bits does to Lab: a channel that varies no more than this is one colour. */
const LEAST_DEVIATION = 1e-3;
/** L from which a pixel is white for the methods with a mask (Slideflow's threshold of 0.93). */
const WHITE = 93;

/**
 * The statistics of a picture that Reinhard's method goes by.
 *
 * @param colors - Red, green, blue, 8 bits each, pixel after pixel.
 * @returns null where a channel of Lab does not vary: one colour, or shades of grey.
 */
export function fitReinhard(colors: Uint8Array): LabStatistics | null {
  return statisticsOf(toLab(colors));
}

/**
 * Each channel c of Lab becomes (c - mean) * (target deviation / deviation) + target mean.
 *
 * @param spareWhite - Leave pixels with L of 93 and above as they are.
 * @returns As many colours; null where the picture has no statistics to go by.
 */
export function transferColors(
  colors: Uint8Array,
  { means, deviations }: Pick<ReinhardTarget, "means" | "deviations">,
  spareWhite: boolean,
): Uint8Array<ArrayBuffer> | null {
  const lab = toLab(colors);
  const own = statisticsOf(lab);
  if (!own) return null;
  const isWhite = spareWhite ? whitePixels(lab) : null;
  for (let channel = 0; channel < 3; channel++) {
    const scale = (deviations[channel] ?? 0) / (own.deviations[channel] ?? 1);
    const from = own.means[channel] ?? 0;
    const to = means[channel] ?? 0;
    for (let i = channel; i < lab.length; i += 3) lab[i] = ((lab[i] ?? 0) - from) * scale + to;
  }
  const moved = fromLab(lab);
  isWhite?.forEach((white, pixel) => {
    if (white) moved.set(colors.subarray(3 * pixel, 3 * pixel + 3), 3 * pixel);
  });
  return moved;
}

function statisticsOf(lab: Float64Array): LabStatistics | null {
  const pixels = lab.length / 3;
  const means: number[] = [];
  const deviations: number[] = [];
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let i = channel; i < lab.length; i += 3) sum += lab[i] ?? 0;
    const mean = sum / pixels;
    let squares = 0;
    for (let i = channel; i < lab.length; i += 3) squares += ((lab[i] ?? 0) - mean) ** 2;
    means.push(mean);
    deviations.push(Math.sqrt(squares / pixels));
  }
  return deviations.every((deviation) => deviation > LEAST_DEVIATION) ? { means, deviations } : null;
}

const whitePixels = (lab: Float64Array) =>
  Uint8Array.from({ length: lab.length / 3 }, (_, i) => +((lab[3 * i] ?? 0) >= WHITE));

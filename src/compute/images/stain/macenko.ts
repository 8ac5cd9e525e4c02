import { quantile } from "../../quantile.ts";
import type { MacenkoTarget } from "./normalizer.ts";
import { LIGHT, opticalDensity } from "./optical-density.ts";
import { stainVectors } from "./stain-vectors.ts";

/** Colours and strengths of the two stains of a picture. */
export interface Stains {
  readonly stains: readonly (readonly number[])[];
  readonly concentrations: readonly number[];
}

/** Share of the pixels that have less of a stain than its strength. */
const STRENGTH_SHARE = 0.99;
/** Squared sine between two stains that are one: about a fifth of a degree. */
const LEAST_APART = 1e-5;

/**
 * The stains of a picture, for a target.
 *
 * @param colors - Red, green, blue, 8 bits each, pixel after pixel.
 * @returns null where no two stains can be told apart: glass, one colour, shades of one.
 */
export function fitMacenko(colors: Uint8Array): Stains | null {
  return unmix(opticalDensity(colors))?.own ?? null;
}

/**
 * Each pixel's concentrations are scaled so that those of the picture reach the target's, and mixed again with the target's
 * stains: 255 * exp(-stains · concentrations), decimals cut off.
 *
 * @returns As many colours; null where no two stains can be told apart.
 */
export function transferStains(
  colors: Uint8Array,
  { stains, concentrations }: Pick<MacenkoTarget, "stains" | "concentrations">,
): Uint8Array<ArrayBuffer> | null {
  const unmixed = unmix(opticalDensity(colors));
  if (!unmixed) return null;
  const { own, amounts } = unmixed;
  const scales = [0, 1].map((stain) => (concentrations[stain] ?? 0) / (own.concentrations[stain] ?? 1));
  const mixed = new Uint8Array(colors.length);
  for (let channel = 0; channel < 3; channel++) {
    const byFirst = (stains[0]?.[channel] ?? 0) * (scales[0] ?? 0);
    const bySecond = (stains[1]?.[channel] ?? 0) * (scales[1] ?? 0);
    for (let pixel = 0; 3 * pixel < colors.length; pixel++) {
      const density = byFirst * (amounts[0][pixel] ?? 0) + bySecond * (amounts[1][pixel] ?? 0);
      mixed[3 * pixel + channel] = Math.min(LIGHT, LIGHT * Math.exp(-density));
    }
  }
  return mixed;
}

interface Unmixed {
  readonly own: Stains;
  /** Of each of the two stains, by pixel. */
  readonly amounts: readonly [Float64Array, Float64Array];
}

/** Least squares: densities = amounts · stains, by the normal equations of two unknowns. */
function unmix(densities: Float64Array): Unmixed | null {
  const stains = stainVectors(densities);
  if (!stains) return null;
  const [first, second] = stains.map((vector) => Float64Array.from(vector)) as [Float64Array, Float64Array];
  const [fr = 0, fg = 0, fb = 0] = first;
  const [sr = 0, sg = 0, sb = 0] = second;
  const along = fr * sr + fg * sg + fb * sb;
  const apart = 1 - along * along;
  if (!(apart > LEAST_APART)) return null;
  const pixels = densities.length / 3;
  const amounts: [Float64Array, Float64Array] = [new Float64Array(pixels), new Float64Array(pixels)];
  for (let pixel = 0; pixel < pixels; pixel++) {
    const red = densities[3 * pixel] ?? 0;
    const green = densities[3 * pixel + 1] ?? 0;
    const blue = densities[3 * pixel + 2] ?? 0;
    const byFirst = fr * red + fg * green + fb * blue;
    const bySecond = sr * red + sg * green + sb * blue;
    amounts[0][pixel] = (byFirst - along * bySecond) / apart;
    amounts[1][pixel] = (bySecond - along * byFirst) / apart;
  }
  const concentrations = amounts.map((amount) => quantile(amount.slice(), STRENGTH_SHARE));
  if (!concentrations.every((strength) => strength > 0)) return null;
  return { own: { stains, concentrations }, amounts };
}

/** Transmitted light: 8-bit white. */
export const LIGHT = 255;

/** Optical density by 8-bit value: -ln((value + 1) / 255); the 1 keeps black finite (as in every implementation after M. Kovetta's). */
const DENSITY = Float64Array.from({ length: 256 }, (_, value) => -Math.log((value + 1) / LIGHT));

/**
 * Optical densities of colours.
 *
 * @param colors - Red, green, blue, 8 bits each, pixel after pixel.
 */
export function opticalDensity(colors: Uint8Array): Float64Array<ArrayBuffer> {
  const densities = new Float64Array(colors.length);
  for (let i = 0; i < colors.length; i++) densities[i] = DENSITY[colors[i] ?? 0] ?? 0;
  return densities;
}

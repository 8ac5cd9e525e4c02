import { between } from "../../quantile.ts";

/**
 * Make the 90th percentile of all colour values (the channels together) 255, what is above it white; the values are cut
 * to whole numbers. Slideflow's `standardize_brightness` (after StainTools), done before "reinhard", "reinhard_mask" and
 * "macenko".
 *
 * @param colors - Red, green, blue, pixel after pixel.
 * @returns As many values; null for a picture whose 90th percentile is black.
 */
export function standardizeBrightness(colors: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const white = ninetiethPercentile(colors);
  if (white === 0) return null;
  const table = Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, Math.trunc((value * 255) / white)));
  const standard = new Uint8Array(colors.length);
  for (let i = 0; i < colors.length; i++) standard[i] = table[colors[i] ?? 0] ?? 0;
  return standard;
}

function ninetiethPercentile(colors: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const value of colors) counts[value] = (counts[value] ?? 0) + 1;
  const place = 0.9 * (colors.length - 1);
  const below = Math.floor(place);
  const valueAt = (wanted: number) => {
    let seen = 0;
    for (let value = 0; value < 256; value++) {
      seen += counts[value] ?? 0;
      if (seen > wanted) return value;
    }
    return 255;
  };
  return between(valueAt(below), valueAt(Math.min(below + 1, colors.length - 1)), place - below);
}

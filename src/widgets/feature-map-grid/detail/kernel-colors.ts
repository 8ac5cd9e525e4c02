import type { LayerKernels } from "../../../compute/feature-maps/explain/pixel-explanation.ts";

/**
 * One kernel over three colours as a picture: 0 is the middle grey, its largest weight either end of each colour.
 *
 * @param isTurned The three are blue, green and red.
 * @returns `height * width` pixels of red, green, blue and opacity.
 */
export function kernelColors(
  { in: channels, height, width, data }: LayerKernels,
  channel: number,
  isTurned: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  const size = height * width;
  const own = data.subarray(channel * channels * size, (channel + 1) * channels * size);
  const largest = own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const pixels = new Uint8ClampedArray(size * 4);
  for (let at = 0; at < size; at++) {
    for (let color = 0; color < 3; color++) {
      const weight = own[(isTurned ? 2 - color : color) * size + at] ?? 0;
      pixels[at * 4 + color] = largest > 0 ? 127.5 + (weight / largest) * 127.5 : 127.5;
    }
    pixels[at * 4 + 3] = 255;
  }
  return pixels;
}

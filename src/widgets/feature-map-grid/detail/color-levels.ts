/**
 * Levels from 0 to 255 in colour: red, green, blue and opacity, a byte each.
 *
 * @param colors 256 colours, three bytes each.
 */
export function levelPixels(levels: Uint8Array, colors: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(levels.length * 4);
  for (let at = 0; at < levels.length; at++) {
    const from = (levels[at] ?? 0) * 3;
    pixels[at * 4] = colors[from] ?? 0;
    pixels[at * 4 + 1] = colors[from + 1] ?? 0;
    pixels[at * 4 + 2] = colors[from + 2] ?? 0;
    pixels[at * 4 + 3] = 255;
  }
  return pixels;
}

/** Red, green and blue alone of pixels that are all opaque. */
export function withoutOpacity(pixels: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    { length: (pixels.length / 4) * 3 },
    (_, at) => pixels[Math.floor(at / 3) * 4 + (at % 3)] ?? 0,
  );
}

/** The pixels of which these are the colours. */
export function withOpacity(colors: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray((colors.length / 3) * 4).fill(255);
  for (let at = 0; at < colors.length; at++) pixels[Math.floor(at / 3) * 4 + (at % 3)] = colors[at] ?? 0;
  return pixels;
}

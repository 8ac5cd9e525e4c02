/** Which of a table's 256 colours a value from 0 to 1 has, as matplotlib finds it. */
export function colorStep(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(256 * value)));
}

/**
 * A map alone in its colours, without any picture.
 *
 * @param map - 0 to 1 a place; what lies beyond takes the nearest end.
 * @param table - 256 colours (`colormapTable`).
 * @returns Red, green, blue and opacity a place, all opaque.
 */
export function heatPixels(map: Float32Array, table: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(map.length * 4).fill(255);
  for (let place = 0; place < map.length; place++) {
    const step = colorStep(map[place] ?? 0) * 3;
    for (let channel = 0; channel < 3; channel++) pixels[place * 4 + channel] = table[step + channel] ?? 0;
  }
  return pixels;
}

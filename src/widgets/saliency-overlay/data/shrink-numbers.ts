/** Numbers of a picture or a map, place after place. */
export interface PlacedNumbers {
  readonly data: Float32Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * The same in fewer places: each is the mean of `factor` × `factor` of them, of fewer at the far edges.
 *
 * @param factor A whole number above 0.
 */
export function shrinkNumbers(numbers: PlacedNumbers, factor: number): PlacedNumbers {
  const { data, height, width, channels } = numbers;
  const [rows, columns] = [Math.ceil(height / factor), Math.ceil(width / factor)];
  const sums = new Float64Array(rows * columns * channels);
  // A loop within loops, not a function a number: pictures have millions of them, and this is on the page's own thread.
  for (let row = 0, at = 0; row < height; row++) {
    const line = Math.floor(row / factor) * columns;
    for (let column = 0; column < width; column++) {
      const into = (line + Math.floor(column / factor)) * channels;
      for (let channel = 0; channel < channels; channel++, at++)
        sums[into + channel] = (sums[into + channel] ?? 0) + (data[at] ?? 0);
    }
  }
  const means = Float32Array.from(sums, (sum, at) => {
    const [row, column] = [Math.floor(at / channels / columns), Math.floor(at / channels) % columns];
    const down = Math.min(factor, height - row * factor);
    const across = Math.min(factor, width - column * factor);
    return sum / (down * across);
  });
  return { data: means, height: rows, width: columns, channels };
}

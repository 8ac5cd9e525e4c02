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
 * @param factor A whole number above 0; 1 leaves all as it is.
 */
export function shrinkNumbers(numbers: PlacedNumbers, factor: number): PlacedNumbers {
  if (factor === 1) return numbers;
  const { data, height, width, channels } = numbers;
  const [rows, columns] = [Math.ceil(height / factor), Math.ceil(width / factor)];
  const sums = new Float64Array(rows * columns * channels);
  for (let place = 0; place < height * width; place++) {
    const row = Math.floor(place / width / factor);
    const column = Math.floor((place % width) / factor);
    for (let channel = 0; channel < channels; channel++) {
      const into = (row * columns + column) * channels + channel;
      sums[into] = (sums[into] ?? 0) + (data[place * channels + channel] ?? 0);
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

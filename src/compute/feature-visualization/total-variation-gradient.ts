import type { PictureLayout } from "../images/picture-layout.ts";

/** Keeps the root of nothing from having a gradient without bounds: far less than an eye tells apart from black to white. */
const SMOOTHING = 1e-3;

/**
 * How a picture's total variation changes with each of its numbers: of the sum, over places and channels, of
 * `sqrt(across² + down² + 1e-6)`, the differences to the next pixel at the right and below (Rudin, Osher and Fatemi 1992;
 * to keep pictures of features smooth Mahendran and Vedaldi 2015, arXiv 1412.0035). Beyond the edge nothing differs.
 *
 * @param values - `height * width * channels` numbers in the order that `layout` tells.
 * @returns As many.
 */
export function totalVariationGradient(
  values: Float64Array,
  { height, width, channels, channelsLast }: PictureLayout,
): Float64Array {
  const gradient = new Float64Array(values.length);
  const right = channelsLast ? channels : 1;
  const below = width * right;
  const add = (at: number, by: number) => {
    gradient[at] = (gradient[at] ?? 0) + by;
  };
  for (let channel = 0; channel < channels; channel++) {
    const start = channelsLast ? channel : channel * height * width;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const at = start + row * below + column * right;
        const value = values[at] ?? 0;
        const across = column + 1 < width ? (values[at + right] ?? 0) - value : 0;
        const down = row + 1 < height ? (values[at + below] ?? 0) - value : 0;
        const length = Math.sqrt(across * across + down * down + SMOOTHING * SMOOTHING);
        add(at, -(across + down) / length);
        if (column + 1 < width) add(at + right, across / length);
        if (row + 1 < height) add(at + below, down / length);
      }
  }
  return gradient;
}

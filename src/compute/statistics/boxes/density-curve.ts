import type { BoxNumbers, DensityCurve } from "./unit-boxes.ts";

const GRID = 128;
/** Bins in one bandwidth: a kernel that is straight between them is off by at most 1/8 · (1/16)² of its height. */
const BINS_A_BANDWIDTH = 16;
/** Bandwidths beyond which a kernel is nothing: exp(-18) = 1.5e-8. */
const KERNEL_REACH = 6;
/** Of a height: single precision ends at 3.4e38. */
const MOST_HIGH = 1e38;

/**
 * Gaussian kernel density with Scott's bandwidth, standard deviation (n - 1) × n^(-1/5) (Scott 1992; the default of
 * SciPy's `gaussian_kde` and of seaborn's violins). Values are first shared out between the two nearest of many bins (Wand
 * 1994), so its cost is one look at each; heights are within 5e-4 of the greatest one of what SciPy sums up exactly. Of
 * values within 1e-38 of each other, whose heights single precision does not hold, the curve has the form alone.
 *
 * @param values Finite, in any order.
 * @param box Of the same values.
 * @returns null where there is no spread: fewer than two values, or all of them equal.
 */
export function densityCurve(
  values: Float32Array | Float64Array,
  { min: from, max: to, mean }: Pick<BoxNumbers, "min" | "max" | "mean">,
): DensityCurve | null {
  if (!(to > from)) return null;
  const bandwidth = deviationOf(values, mean) * values.length ** -0.2;
  const finer = Math.max(1, Math.ceil(((to - from) / (GRID - 1) / bandwidth) * BINS_A_BANDWIDTH));
  const bins = binLinearly(values, from, to, finer * (GRID - 1));
  const binWidth = (to - from) / (bins.length - 1);
  const kernel = gaussian(bandwidth / binWidth);
  const own = 1 / (values.length * bandwidth * Math.sqrt(2 * Math.PI));
  const scale = Math.min(own, MOST_HIGH / values.length);
  const heights = new Float32Array(GRID);
  for (let point = 0; point < GRID; point++) {
    const centre = point * finer;
    const last = Math.min(bins.length - 1, centre + kernel.length - 1);
    let sum = 0;
    for (let bin = Math.max(0, centre - kernel.length + 1); bin <= last; bin++)
      sum += (bins[bin] ?? 0) * (kernel[Math.abs(bin - centre)] ?? 0);
    heights[point] = sum * scale;
  }
  return { from, to, heights };
}

function deviationOf(values: Float32Array | Float64Array, mean: number): number {
  let squares = 0;
  for (let place = 0; place < values.length; place++) {
    const away = (values[place] ?? 0) - mean;
    squares += away * away;
  }
  return Math.sqrt(squares / (values.length - 1));
}

/** How much lies at each of `steps` + 1 places: a value counts for the two beside it, the more the nearer. */
function binLinearly(values: Float32Array | Float64Array, from: number, to: number, steps: number): Float64Array {
  // One more than is filled: the greatest value has a share of 0 in it.
  const bins = new Float64Array(steps + 2);
  const perValue = steps / (to - from);
  for (let at = 0; at < values.length; at++) {
    const place = ((values[at] ?? 0) - from) * perValue;
    const below = Math.trunc(place);
    const part = place - below;
    bins[below] = (bins[below] ?? 0) + 1 - part;
    bins[below + 1] = (bins[below + 1] ?? 0) + part;
  }
  return bins.subarray(0, steps + 1);
}

/** One side of the bell, its top at 0. */
function gaussian(deviation: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(KERNEL_REACH * deviation) + 1 }, (_, away) =>
    Math.exp(-0.5 * (away / deviation) ** 2),
  );
}

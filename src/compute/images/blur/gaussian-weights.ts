/** How many standard deviations the kernel reaches to each side: SciPy's `truncate`. */
const REACH = 4;

/**
 * One half of a Gaussian kernel that sums to 1, as `scipy.ndimage` cuts it off.
 *
 * @returns The weight of the middle, then of each step away from it: `trunc(4 sigma + 0.5) + 1` numbers. One number, 1, where
 * sigma is below 0.125.
 */
export function gaussianWeights(sigma: number): Float64Array<ArrayBuffer> {
  const radius = Math.trunc(REACH * sigma + 0.5);
  const weights = new Float64Array(radius + 1).fill(1);
  if (radius === 0) return weights;
  const steepness = -0.5 / (sigma * sigma);
  for (let step = 1; step <= radius; step++) weights[step] = Math.exp(steepness * (step * step));
  let total = 0;
  for (let step = -radius; step <= radius; step++) total += weights[Math.abs(step)] ?? 0;
  return weights.map((weight) => weight / total);
}

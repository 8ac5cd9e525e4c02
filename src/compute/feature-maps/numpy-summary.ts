/** From NumPy's `pairwise_sum` (numpy/_core/src/umath/loops_utils.h.src): what is added in one go. */
const BLOCK = 128;

/** NumPy's `values.mean()` of single precision, to the bit. */
export function singleMean(values: Float32Array): number {
  return Math.fround(pairwiseSum(values, 0, values.length) / values.length);
}

/**
 * NumPy's `(values - mean).std()` of single precision, to the bit.
 *
 * @param scratch - Room for as many numbers.
 */
export function singleDeviation(values: Float32Array, mean: number, scratch: Float32Array): number {
  const { length } = values;
  for (let at = 0; at < length; at++) scratch[at] = (values[at] ?? 0) - mean;
  const rest = Math.fround(pairwiseSum(scratch, 0, length) / length);
  for (let at = 0; at < length; at++) {
    const value = Math.fround((scratch[at] ?? 0) - rest);
    scratch[at] = value * value;
  }
  return Math.fround(Math.sqrt(Math.fround(pairwiseSum(scratch, 0, length) / length)));
}

/** The sum of `count` numbers from `start` on, each addition rounded to single precision. */
function pairwiseSum(values: Float32Array, start: number, count: number): number {
  if (count < 8) {
    let sum = 0;
    for (let at = start; at < start + count; at++) sum = Math.fround(sum + (values[at] ?? 0));
    return sum;
  }
  if (count > BLOCK) {
    const half = Math.floor(count / 2);
    const left = half - (half % 8);
    return Math.fround(pairwiseSum(values, start, left) + pairwiseSum(values, start + left, count - left));
  }
  const lanes = values.slice(start, start + 8);
  const whole = count - (count % 8);
  for (let at = 8; at < whole; at += 8)
    for (let lane = 0; lane < 8; lane++) lanes[lane] = (lanes[lane] ?? 0) + (values[start + at + lane] ?? 0);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = lanes;
  const { fround } = Math;
  let sum = fround(fround(fround(a + b) + fround(c + d)) + fround(fround(e + f) + fround(g + h)));
  for (let at = start + whole; at < start + count; at++) sum = fround(sum + (values[at] ?? 0));
  return sum;
}

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
  if (count > BLOCK) {
    const half = Math.floor(count / 2);
    const left = half - (half % 8);
    return Math.fround(pairwiseSum(values, start, left) + pairwiseSum(values, start + left, count - left));
  }
  const { fround } = Math;
  const whole = count < 8 ? 0 : count - (count % 8);
  let sum = whole > 0 ? sumOfLanes(values, start, whole) : 0;
  for (let at = start + whole; at < start + count; at++) sum = fround(sum + (values[at] ?? 0));
  return sum;
}

/** Every eighth number added up by itself, then the eight sums in pairs. Each is a variable: an array takes twice as long. */
function sumOfLanes(values: Float32Array, start: number, count: number): number {
  const { fround } = Math;
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let at = start; at < start + count; at += 8) {
    a = fround(a + (values[at] ?? 0));
    b = fround(b + (values[at + 1] ?? 0));
    c = fround(c + (values[at + 2] ?? 0));
    d = fround(d + (values[at + 3] ?? 0));
    e = fround(e + (values[at + 4] ?? 0));
    f = fround(f + (values[at + 5] ?? 0));
    g = fround(g + (values[at + 6] ?? 0));
    h = fround(h + (values[at + 7] ?? 0));
  }
  return fround(fround(fround(a + b) + fround(c + d)) + fround(fround(e + f) + fround(g + h)));
}

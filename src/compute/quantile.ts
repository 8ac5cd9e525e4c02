/**
 * The value below which a share of all lies, between two neighbours in order by linear interpolation (NumPy's
 * `percentile`, method "linear"). The values are put into another order.
 *
 * @param share - 0 to 1.
 */
export function quantile(values: Float64Array, share: number): number {
  const place = share * (values.length - 1);
  const below = Math.floor(place);
  const low = selectInPlace(values, below);
  if (below + 1 >= values.length) return low;
  let high = Number.POSITIVE_INFINITY;
  for (let i = below + 1; i < values.length; i++) high = Math.min(high, values[i] ?? 0);
  return between(low, high, place - below);
}

/** NumPy's order of operations: both ends are met exactly. */
export function between(low: number, high: number, part: number): number {
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}

/**
 * What would stand at `wanted` in ascending order. Hoare's selection: afterwards it does stand there, and nothing before it
 * is greater.
 */
export function selectInPlace(values: Float64Array, wanted: number): number {
  const get = (i: number) => values[i] ?? 0;
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middleOf(get(left), get((left + right) >> 1), get(right));
    let i = left;
    let j = right;
    while (i <= j) {
      while (get(i) < pivot) i++;
      while (get(j) > pivot) j--;
      if (i > j) break;
      const kept = get(i);
      values[i++] = get(j);
      values[j--] = kept;
    }
    if (wanted <= j) right = j;
    else if (wanted >= i) left = i;
    else break;
  }
  return get(wanted);
}

const middleOf = (a: number, b: number, c: number) => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/**
 * The value that would be at `rank` if `values` were sorted, and the next one after it; `values` are moved about.
 * Hoare's selection (1961) with the middle as pivot: linear on average, where sorting is not.
 *
 * @param values Without NaN.
 * @param rank 0 to `values.length - 1`; the last has no next value, and gives itself.
 */
export function rankValues(values: Float64Array, rank: number): readonly [number, number] {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left++;
      while ((values[right] ?? 0) > pivot) right--;
      if (left > right) break;
      const moved = values[left] ?? 0;
      values[left++] = values[right] ?? 0;
      values[right--] = moved;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  const at = values[rank] ?? Number.NaN;
  if (rank + 1 >= values.length) return [at, at];
  let next = Number.POSITIVE_INFINITY;
  for (let place = rank + 1; place < values.length; place++) next = Math.min(next, values[place] ?? next);
  return [at, next];
}

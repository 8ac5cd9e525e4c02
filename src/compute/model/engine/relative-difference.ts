/**
 * ‖a − b‖ / ‖b‖ over what both have as finite numbers; infinite where lengths differ, or where one has no number and
 * the other has.
 */
export function relativeDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let apart = 0;
  let size = 0;
  for (let place = 0; place < b.length; place++) {
    const left = a[place] ?? 0;
    const right = b[place] ?? 0;
    if (Number.isFinite(left) !== Number.isFinite(right)) return Number.POSITIVE_INFINITY;
    if (!Number.isFinite(right)) continue;
    apart += (left - right) ** 2;
    size += right ** 2;
  }
  if (apart === 0) return 0;
  return size === 0 ? Number.POSITIVE_INFINITY : Math.sqrt(apart / size);
}

/**
 * Numbers of an array in another order of its axes.
 *
 * @param values - Row-major.
 * @param dims - The array's dimensions.
 * @param order - For each axis of the answer, the axis of `values` that it is.
 */
export function permuteFloats(
  values: Float32Array,
  dims: readonly number[],
  order: readonly number[],
): Float32Array<ArrayBuffer> {
  const steps = new Array<number>(dims.length);
  for (let axis = dims.length - 1, step = 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= dims[axis] ?? 1;
  }
  const to = order.map((axis) => dims[axis] ?? 1);
  const by = order.map((axis) => steps[axis] ?? 1);
  const inner = to.at(-1) ?? 1;
  const innerStep = by.at(-1) ?? 1;
  const permuted = new Float32Array(values.length);
  const place = new Array<number>(Math.max(0, to.length - 1)).fill(0);
  let from = 0;
  for (let at = 0; at < permuted.length; ) {
    for (let index = 0, source = from; index < inner; index++, source += innerStep)
      permuted[at++] = values[source] ?? 0;
    for (let axis = place.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      from += by[axis] ?? 0;
      if (next < (to[axis] ?? 1)) {
        place[axis] = next;
        break;
      }
      from -= next * (by[axis] ?? 0);
      place[axis] = 0;
    }
  }
  return permuted;
}

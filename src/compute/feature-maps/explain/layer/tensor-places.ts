type Dims = readonly number[];

/** Numbers from one place of each axis to the next, row-major. */
export function stridesOf(dims: Dims): number[] {
  const strides = Array<number>(dims.length).fill(1);
  for (let axis = dims.length - 2; axis >= 0; axis--) strides[axis] = (strides[axis + 1] ?? 1) * (dims[axis + 1] ?? 1);
  return strides;
}

/** The place along each axis of the number that is counted as `index`. */
export function placeAt(dims: Dims, index: number): number[] {
  return stridesOf(dims).map((stride, axis) => Math.floor(index / stride) % (dims[axis] ?? 1));
}

/** How the number at a place is counted. */
export function indexAt(dims: Dims, place: readonly number[]): number {
  return stridesOf(dims).reduce((sum, stride, axis) => sum + stride * (place[axis] ?? 0), 0);
}

/** Where a tensor of `dims` has the number that meets the one at `place` of a larger one, by NumPy's broadcasting. */
export function broadcastIndex(dims: Dims, place: readonly number[]): number {
  const missing = place.length - dims.length;
  return indexAt(
    dims,
    dims.map((size, axis) => (size === 1 ? 0 : (place[axis + missing] ?? 0))),
  );
}

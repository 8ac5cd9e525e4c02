/** Numbers a side of the squares that are turned one after the other: both ways fit the quickest cache. */
const SIDE = 32;

/** An axis of the answer. */
interface Axis {
  readonly size: number;
  /** Numbers from one place to the next among the values, and in the answer. */
  readonly from: number;
  readonly to: number;
}

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
  const axes = axesOf(dims, order);
  const inner = axes.at(-1);
  const near = axes.find(({ from }) => from === 1);
  if (!inner || !near || inner === near) return new Float32Array(values);
  const permuted = new Float32Array(values.length);
  for (const { from, to } of placesOf(axes.filter((axis) => axis !== inner && axis !== near)))
    for (let i = 0; i < inner.size; i += SIDE)
      for (let j = 0; j < near.size; j += SIDE) turnSquare(values, permuted, from, to, inner, near, i, j);
  return permuted;
}

/** Axes that stay one behind the other are one, those of one place none. */
function axesOf(dims: readonly number[], order: readonly number[]): readonly Axis[] {
  const steps = new Array<number>(dims.length);
  for (let axis = dims.length - 1, step = 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= dims[axis] ?? 1;
  }
  const axes: Axis[] = [];
  let to = 1;
  for (const axis of [...order].reverse()) {
    const [size, from] = [dims[axis] ?? 1, steps[axis] ?? 1];
    const next = axes[0];
    if (next && from === next.from * next.size) axes[0] = { ...next, size: size * next.size };
    else if (size > 1) axes.unshift({ size, from, to });
    to *= size;
  }
  return axes;
}

/** Where each combination of places begins, among the values and in the answer. */
function* placesOf([axis, ...others]: readonly Axis[]): Generator<{ readonly from: number; readonly to: number }> {
  if (!axis) yield { from: 0, to: 0 };
  else
    for (const { from, to } of placesOf(others))
      for (let place = 0; place < axis.size; place++)
        yield { from: from + place * axis.from, to: to + place * axis.to };
}

function turnSquare(
  values: Float32Array,
  permuted: Float32Array,
  from: number,
  to: number,
  inner: Axis,
  near: Axis,
  firstInner: number,
  firstNear: number,
): void {
  const endInner = Math.min(inner.size, firstInner + SIDE);
  const endNear = Math.min(near.size, firstNear + SIDE);
  for (let j = firstNear; j < endNear; j++) {
    let target = to + j * near.to + firstInner;
    for (let i = firstInner; i < endInner; i++) permuted[target++] = values[from + i * inner.from + j] ?? 0;
  }
}

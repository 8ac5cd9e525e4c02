import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { pad } from "../../emit/part.ts";
import { reduceSum } from "../../emit/reduction.ts";
import { expandTo, reshapeTo } from "../../emit/shape.ts";

/** Rows along an axis, and where they were taken from. */
interface TakenRows {
  /** Dimensions of what was taken: `dims[axis]` is the number of rows. */
  readonly dims: readonly number[];
  readonly axis: number;
  /** Which of `length` each row is, none of them negative. */
  readonly rows: readonly number[];
  readonly length: number;
}

/** Up to so many takings of one row the sum reads each of them; past that a product with a matrix of 0 and 1 is less. */
const FEW = 4;
/** Numbers of such a matrix at most. */
const MOST_OF_MATRIX = 2 ** 20;

/**
 * The derivative of taking rows: of `y[k] = x[rows[k]]`, each row of x gets the sum of the gradients of all y that it was
 * taken for. By Pad where the rows follow one another and by Gather else: what scatters and adds up is not to be had on
 * every GPU.
 *
 * @param gradient - Of shape `dims`.
 * @returns Of shape `dims` with `length` in the axis' place.
 */
export function addRows(back: Backward, gradient: string, taken: TakenRows): string {
  const { dims, axis, rows, length } = taken;
  const [first] = rows;
  if (first === undefined) return expandTo(back, back.number(0), withLength(dims, axis, length));
  if (rows.every((row, k) => row === first + k))
    return padAxis(back, gradient, { dims, axis, before: first, after: length - first - rows.length });
  const takers = takersOf(rows, length);
  const most = takers.reduce((before, { length: of }) => Math.max(before, of), 0);
  if (most > FEW && length * rows.length <= MOST_OF_MATRIX)
    return mixRows(back, gradient, taken, matrixOf(back, taken));
  // Where some rows were taken less often than others, a row of zeros fills up.
  const isEven = takers.every((of) => of.length === most);
  const filled = isEven ? gradient : padAxis(back, gradient, { dims, axis, before: 0, after: 1 });
  const places = takers.flatMap((of) => Array.from({ length: most }, (_, at) => of[at] ?? rows.length));
  const indices = back.integers(places, most === 1 ? [length] : [length, most]);
  const spread = back.emit("Gather", [filled, indices], { axis });
  return most === 1 ? spread : reduceSum(back, spread, [axis + 1], false);
}

/** A product of a matrix, `length` x `dims[axis]`, with each column along an axis. */
export function mixRows(
  back: Backward,
  tensor: string,
  { dims, axis, length }: Omit<TakenRows, "rows">,
  matrix: string,
): string {
  const columns = [elementCount(dims.slice(0, axis)), dims[axis] ?? 1, elementCount(dims.slice(axis + 1))];
  const mixed = back.emit("MatMul", [matrix, reshapeTo(back, tensor, columns)]);
  return reshapeTo(back, mixed, withLength(dims, axis, length));
}

/** With so many zeros before and after along one axis. */
function padAxis(
  back: Backward,
  tensor: string,
  { dims, axis, before, after }: { dims: readonly number[]; axis: number; before: number; after: number },
): string {
  const none = dims.map(() => 0);
  return pad(back, tensor, [...withLength(none, axis, before), ...withLength(none, axis, after)]);
}

/** Dimensions with another number in one place. */
export function withLength(dims: readonly number[], axis: number, length: number): readonly number[] {
  return dims.map((dim, at) => (at === axis ? length : dim));
}

/** For each row of x, which rows of y it was taken for. */
function takersOf(rows: readonly number[], length: number): readonly (readonly number[])[] {
  const takers = Array.from({ length }, (): number[] => []);
  rows.forEach((row, k) => {
    takers[row]?.push(k);
  });
  return takers;
}

function matrixOf(back: Backward, { rows, length }: TakenRows): string {
  const matrix = new Float32Array(length * rows.length);
  rows.forEach((row, k) => {
    matrix[row * rows.length + k] = 1;
  });
  return back.floats([length, rows.length], matrix);
}

import type { Pace } from "../../runtime/pace.ts";
import { principalDirections } from "../start/principal-directions.ts";
import type { StoredPoints } from "../stored-points.ts";

/** Directions that are turned to the front, a multiple of 4: what a kernel call takes. */
const DIRECTIONS = 32;
const TOGETHER = 4;
/** Rounds of the search for them; they need not be exact, only better than any column. */
const ROUNDS = 2;
/** Rows that they are sought among. */
const SAMPLE_ROWS = 1_500;

/** A turn of the columns' space as a kernel takes it; see kernels/turn.ts. */
export interface Turn {
  readonly reflections: number;
  readonly mirrors: number;
  readonly triangle: number;
  /** Room for a turned row in double precision and what turning it needs. */
  readonly turned: number;
}

/**
 * A turn that brings the directions of most variance to the front, so that a few columns hold most of a distance.
 * Directions by a few rounds of iteration, the turn by Householder reflections: orthogonal whatever the directions are.
 */
export async function turnToVariance(points: StoredPoints, pace: Pace): Promise<Turn> {
  const { arena, width } = points;
  const reflections = width >= 2 * DIRECTIONS ? DIRECTIONS : 0;
  const mirrors = arena.allocate(reflections * width * 8);
  const triangle = arena.allocate(reflections * reflections * 8);
  const turned = arena.allocate((width + 2 * reflections) * 8);
  if (reflections > 0) {
    const { vectors, products } = reflect(await findDirections(points, pace), width);
    arena.doubles(mirrors, vectors.length).set(vectors);
    arena.doubles(triangle, products.length).set(products);
  }
  return { reflections, mirrors, triangle, turned };
}

/** `DIRECTIONS * width` numbers: roughly the directions of most variance, the largest first. */
async function findDirections(points: StoredPoints, pace: Pace): Promise<Float64Array> {
  const { arena, address, width, mean, rows } = points;
  const directionsAt = arena.allocate(TOGETHER * width * 4);
  const sumsAt = arena.allocate(TOGETHER * width * 4);
  const scoresAt = arena.allocate(rows * TOGETHER * 4);
  const step = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
  const multiply = async (directions: Float64Array) => {
    const sums = new Float64Array(directions.length);
    for (let from = 0; from < directions.length; from += TOGETHER * width) {
      arena.floats(directionsAt, TOGETHER * width).set(directions.subarray(from, from + TOGETHER * width));
      arena.kernels.projectRows(address, width, mean, directionsAt, 0, rows, step, scoresAt, sumsAt);
      sums.set(arena.floats(sumsAt, TOGETHER * width), from);
      await pace.check();
    }
    return sums;
  };
  return principalDirections(width, 1, multiply, { block: DIRECTIONS, mostSteps: ROUNDS });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += (a[t] ?? 0) * (b[t] ?? 0);
  return sum;
}

/** Householder's reflections that bring the directions to the axes, in compact form: V and T transposed. */
function reflect(directions: Float64Array, width: number): { vectors: Float64Array; products: Float64Array } {
  const count = directions.length / width;
  const vectors = directions.slice();
  const triangle = new Float64Array(count * count);
  const column = (which: number) => vectors.subarray(which * width, (which + 1) * width);
  for (let which = 0; which < count; which++) {
    const own = column(which);
    const tail = own.subarray(which);
    const length = Math.sqrt(dot(tail, tail));
    own.fill(0, 0, which);
    const share = length > 0 ? 1 / (length * (length + Math.abs(tail[0] ?? 0))) : 0;
    tail[0] = (tail[0] ?? 0) + ((tail[0] ?? 0) < 0 ? -length : length);
    for (let later = which + 1; later < count; later++) {
      const other = column(later);
      const part = share * dot(own, other);
      for (let t = which; t < width; t++) other[t] = (other[t] ?? 0) - part * (own[t] ?? 0);
    }
    // Column `which` of T is -share * T (V' v), and share itself on the diagonal; stored as a row.
    const overlaps = Array.from({ length: which }, (_, before) => dot(column(before), own));
    for (let row = 0; row < which; row++) {
      let sum = 0;
      for (let between = row; between < which; between++)
        sum += (triangle[between * count + row] ?? 0) * (overlaps[between] ?? 0);
      triangle[which * count + row] = -share * sum;
    }
    triangle[which * count + which] = share;
  }
  return { vectors, products: triangle };
}

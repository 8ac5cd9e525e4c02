import type { Pace } from "../../runtime/pace.ts";
import type { Arena } from "../arena.ts";
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

/** A turn out of the kernels' memory; survives cloning. */
export interface FoundTurn {
  readonly mirrors: Float64Array<ArrayBuffer>;
  readonly triangle: Float64Array<ArrayBuffer>;
}

/**
 * A turn that brings the directions of most variance to the front, so that a few columns hold most of a distance.
 * Directions by a few rounds of iteration, the turn by Householder reflections: orthogonal whatever the directions are.
 */
export async function turnToVariance(points: StoredPoints, pace: Pace): Promise<FoundTurn> {
  const { width } = points;
  if (width < 2 * DIRECTIONS) return { mirrors: new Float64Array(0), triangle: new Float64Array(0) };
  return reflect(await findDirections(points, pace), width);
}

export function storeTurn(arena: Arena, width: number, { mirrors, triangle }: FoundTurn): Turn {
  const reflections = mirrors.length / width;
  const mirrorsAt = arena.allocate(mirrors.byteLength);
  const triangleAt = arena.allocate(triangle.byteLength);
  arena.doubles(mirrorsAt, mirrors.length).set(mirrors);
  arena.doubles(triangleAt, triangle.length).set(triangle);
  const turned = arena.allocate((width + 2 * reflections) * 8);
  return { reflections, mirrors: mirrorsAt, triangle: triangleAt, turned };
}

/** `DIRECTIONS * width` numbers: roughly the directions of most variance, the largest first. */
async function findDirections(points: StoredPoints, pace: Pace): Promise<Float64Array<ArrayBuffer>> {
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
function reflect(directions: Float64Array<ArrayBuffer>, width: number): FoundTurn {
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
  return { mirrors: vectors, triangle };
}

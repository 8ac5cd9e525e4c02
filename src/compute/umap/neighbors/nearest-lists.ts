import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";

const LARGEST = 3.4e38;

/** The answers for some rows, out of the kernel's memory, `k` a row. */
export interface FoundLists {
  readonly distances: Float64Array<ArrayBuffer>;
  readonly rows: Int32Array<ArrayBuffer>;
}

/** The answers of an exact search in a kernel's memory: for each row the `k` nearest others, in double precision. */
export class NearestLists {
  /** Address of `rows * k` squared distances, or sums of absolute differences, in double precision. */
  readonly distances: number;
  /** Address of `rows * k` row numbers. */
  readonly rows: number;

  constructor(
    readonly points: StoredPoints,
    readonly k: number,
  ) {
    this.distances = points.arena.allocate(points.rows * k * 8);
    this.rows = points.arena.allocate(points.rows * k * 4);
  }

  /** The lists of some rows, one after the other; copies. */
  of(rows: Int32Array): FoundLists {
    const { k } = this;
    const { arena } = this.points;
    const exact = arena.doubles(this.distances, this.points.rows * k);
    const nearest = arena.ints(this.rows, this.points.rows * k);
    const found = { distances: new Float64Array(rows.length * k), rows: new Int32Array(rows.length * k) };
    for (const [place, row] of rows.entries())
      for (let t = 0; t < k; t++) {
        found.distances[place * k + t] = exact[row * k + t] ?? 0;
        found.rows[place * k + t] = nearest[row * k + t] ?? 0;
      }
    return found;
  }

  /** Take over the lists of some rows, found elsewhere. */
  take(rows: Int32Array, found: FoundLists): void {
    const { k } = this;
    const { arena } = this.points;
    const exact = arena.doubles(this.distances, this.points.rows * k);
    const nearest = arena.ints(this.rows, this.points.rows * k);
    for (const [place, row] of rows.entries())
      for (let t = 0; t < k; t++) {
        exact[row * k + t] = found.distances[place * k + t] ?? 0;
        nearest[row * k + t] = found.rows[place * k + t] ?? 0;
      }
  }

  /** @param unit What distances are divided by on their way out. */
  result(metric: Metric, unit: number): NeighborGraph {
    const { k } = this;
    const { arena, rows } = this.points;
    const exact = arena.doubles(this.distances, rows * k);
    const distances = new Float32Array(rows * k);
    for (let place = 0; place < distances.length; place++) distances[place] = inUnitOf(metric, exact[place] ?? 0);
    if (unit !== 1)
      for (let place = 0; place < distances.length; place++)
        distances[place] = Math.min(LARGEST, (distances[place] ?? 0) / unit);
    return { k, indices: arena.ints(this.rows, rows * k).slice(), distances };
  }
}

/** For rows of length 1, 1 - cosine is half the squared distance. */
function inUnitOf(metric: Metric, measured: number): number {
  if (metric === "euclidean") return Math.sqrt(measured);
  return metric === "manhattan" ? measured : measured / 2;
}

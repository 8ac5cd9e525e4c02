import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";

const LARGEST = 3.4e38;

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

import { metricCodes } from "../neighbors/query-block.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";

/** Added rows that a row of the map may have for neighbours before they are ranked. */
const MOST_WAITING = 32;
/** Rounding of one operation in single precision: relative, and where numbers are too small for that. */
const ROUNDING = 2 ** -24;
const SMALLEST = 2 ** -149;

/**
 * The neighbours of the rows of a map while others are added to it: each list is the one that a search among all rows
 * would give, to the bit, though only the distances to added rows are measured. (Where that search compares in single
 * precision alone, see `exactNeighbors`, it may miss a row that is nearer by its last bits, and this does not.)
 *
 * Distances in single precision say which added rows may come in, with room for all that rounding can hide; those are
 * ranked among the row's neighbours in double precision, as the search does.
 */
export class JoinedNeighbors {
  readonly #limits: Float64Array<ArrayBuffer>;
  readonly #waiting = new Map<number, number[]>();
  readonly #candidates: number;
  readonly #nearest: number;
  readonly #distances: number;
  readonly #scratch: number;

  /**
   * @param points All rows, those of the map first; normalised already for "cosine" and "correlation", not scaled.
   * @param known Of the rows of the map, exact; taken over and changed.
   */
  constructor(
    readonly points: StoredPoints,
    readonly known: NeighborGraph,
    readonly metric: Metric,
  ) {
    const { arena } = points;
    const { k, distances } = known;
    this.#candidates = arena.allocate((k + MOST_WAITING) * 4);
    this.#nearest = arena.allocate(k * 4);
    this.#distances = arena.allocate(k * 4);
    this.#scratch = arena.allocate(k * 8);
    this.#limits = Float64Array.from({ length: distances.length / k }, (_, row) =>
      this.#limitFor(distances[row * k + k - 1] ?? 0),
    );
  }

  /** @param line How far the added row is from every row of the map, as `NearRows.line`. */
  offer(added: number, line: Float32Array): void {
    const limits = this.#limits;
    for (let row = 0; row < limits.length; row++) if ((line[row] ?? 0) <= (limits[row] ?? 0)) this.#take(row, added);
  }

  /** The neighbours of all rows: the map's own, then those of the added ones, which have `k` each as well. */
  join(added: NeighborGraph): NeighborGraph {
    const { k, indices, distances } = this.known;
    for (const row of [...this.#waiting.keys()]) this.#rank(row);
    const rows = indices.length + added.indices.length;
    const all: NeighborGraph = { k, indices: new Int32Array(rows), distances: new Float32Array(rows) };
    all.indices.set(indices);
    all.indices.set(added.indices, indices.length);
    all.distances.set(distances);
    all.distances.set(added.distances, distances.length);
    return all;
  }

  #take(row: number, added: number): void {
    const waiting = this.#waiting.get(row) ?? [];
    waiting.push(added);
    this.#waiting.set(row, waiting);
    if (waiting.length === MOST_WAITING) this.#rank(row);
  }

  #rank(row: number): void {
    const waiting = this.#waiting.get(row) ?? [];
    this.#waiting.delete(row);
    const { arena, address, width } = this.points;
    const { k, indices, distances } = this.known;
    const [from, to] = [row * k, (row + 1) * k];
    const candidates = arena.ints(this.#candidates, k + waiting.length);
    candidates.set(indices.subarray(from, to));
    candidates.set(waiting, k);
    arena.kernels.rankQuery(
      address + row * width * 4,
      address,
      width,
      metricCodes[this.metric],
      this.#candidates,
      candidates.length,
      k,
      this.#nearest,
      this.#distances,
      this.#scratch,
    );
    indices.set(arena.ints(this.#nearest, k), from);
    distances.set(arena.floats(this.#distances, k), from);
    this.#limits[row] = this.#limitFor(distances[to - 1] ?? 0);
  }

  /**
   * What a line may hold at most for a row that is no farther than the last neighbour. Sums of `width` terms are off by
   * `width` roundings at most, a term and the neighbour's own distance by a few.
   */
  #limitFor(farthest: number): number {
    const { metric, points } = this;
    const measured = metric === "manhattan" ? farthest : metric === "euclidean" ? farthest * farthest : farthest * 2;
    return measured * (1 + 2 * (points.width + 8) * ROUNDING) + points.width * SMALLEST;
  }
}

import { ComputeError } from "../../errors.ts";
import type { Matrix } from "../../matrix.ts";
import type { Pace } from "../../runtime/pace.ts";
import { SPARE_CANDIDATES } from "../memory.ts";
import { metricCodes, QueryBlock } from "../neighbors/query-block.ts";
import type { Metric } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";

/** The nearest stored rows of one query, nearest first; good until the next query. */
export interface NearRows {
  readonly indices: Int32Array<ArrayBuffer>;
  /** The address of their distances in the arena, in the unit of the stored rows. */
  readonly distancesAt: number;
  /** To every stored row, in single precision: squared, or sums of differences for "manhattan". */
  readonly line: Float32Array<ArrayBuffer>;
}

/** Rows that are not among the stored ones, and the `k` nearest stored rows of each. */
export class QuerySearch {
  readonly #block: QueryBlock;
  readonly #keep: number;
  readonly #best: number;
  readonly #candidates: number;
  readonly #nearest: number;
  readonly #distances: number;
  readonly #scratch: number;

  /**
   * @param points Normalised already for "cosine" and "correlation".
   * @param scale What the stored rows were multiplied by; queries are too.
   */
  constructor(
    readonly points: StoredPoints,
    readonly k: number,
    readonly metric: Metric,
    readonly scale: number,
  ) {
    const { arena, width, rows } = points;
    this.#keep = Math.min(rows, k + SPARE_CANDIDATES);
    this.#block = new QueryBlock(arena, width, rows, metric);
    this.#best = arena.allocate(this.#keep * 4);
    this.#candidates = arena.allocate(this.#keep * 4);
    this.#nearest = arena.allocate(k * 4);
    this.#distances = arena.allocate(k * 4);
    this.#scratch = arena.allocate(k * 8);
  }

  /** Call back with each query's nearest rows, in order. */
  async search(queries: Matrix, pace: Pace, each: (query: number, near: NearRows) => void | Promise<void>) {
    const { size } = this.#block;
    for (let from = 0; from < queries.rows; from += size) {
      const count = Math.min(size, queries.rows - from);
      for (let place = 0; place < count; place++) this.#store(queries, from + place, place);
      await this.#block.measure(count, this.points.address, this.points.rows, pace);
      for (let place = 0; place < count; place++) await each(from + place, this.#rank(place, from + place));
    }
  }

  #store({ data, columns }: Matrix, row: number, place: number): void {
    const { arena, width } = this.points;
    const at = this.#block.query(place);
    const own = arena.floats(at, width).fill(0);
    for (let column = 0; column < columns; column++) own[column] = (data[row * columns + column] ?? 0) * this.scale;
    if (this.metric === "cosine" || this.metric === "correlation")
      arena.kernels.normaliseRows(at, width, columns, 0, 1, this.metric === "correlation" ? 1 : 0);
  }

  #rank(place: number, row: number): NearRows {
    const { arena, address, width, rows } = this.points;
    arena.floats(this.#best, this.#keep).fill(Number.POSITIVE_INFINITY);
    arena.ints(this.#candidates, this.#keep).fill(-1);
    arena.kernels.keepNearest(this.#block.line(place), 0, rows, 0, this.#keep, this.#best, this.#candidates);
    if ((arena.ints(this.#candidates, this.#keep)[this.k - 1] ?? -1) < 0)
      throw new ComputeError("input", `Row ${row} is too far from the map's rows to be measured.`, "Check its unit.");
    arena.kernels.rankQuery(
      this.#block.query(place),
      address,
      width,
      metricCodes[this.metric],
      this.#candidates,
      this.#keep,
      this.k,
      this.#nearest,
      this.#distances,
      this.#scratch,
    );
    const line = this.#block.distances(place);
    return { indices: arena.ints(this.#nearest, this.k), distancesAt: this.#distances, line };
  }
}

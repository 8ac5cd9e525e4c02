import type { Pace } from "../../runtime/pace.ts";
import type { Arena } from "../arena.ts";
import type { Metric } from "../options.ts";

/** Pairs of numbers that a kernel call compares: a few milliseconds. */
const CALL_WORK = 1 << 24;
/** Distances held at once, unless the rows alone are more. */
const HELD = 1 << 21;
const MOST_QUERIES = 32;

/** What the kernels call a metric; the angular ones compare rows of length 1. */
export const metricCodes: Readonly<Record<Metric, number>> = { euclidean: 0, cosine: 1, correlation: 1, manhattan: 2 };

/** A few query rows in a kernel's memory, with a line of distances each: to every one of up to `rows` other rows. */
export class QueryBlock {
  /** Queries compared together. */
  readonly size: number;
  /** Numbers from one query's distances to the next's; places past the rows hold infinity. */
  readonly stride: number;
  readonly #queries: number;
  readonly #distances: number;

  constructor(
    readonly arena: Arena,
    readonly width: number,
    readonly rows: number,
    readonly metric: Metric,
    size = MOST_QUERIES,
  ) {
    this.stride = (rows + 3) & ~3;
    this.size = Math.max(1, Math.min(size, Math.floor(HELD / this.stride)));
    this.#queries = arena.allocate(this.size * width * 4);
    this.#distances = arena.allocate(this.size * this.stride * 4);
  }

  /** The address of a query's padded row. */
  query(place: number): number {
    return this.#queries + place * this.width * 4;
  }

  /** The address of a query's distances. */
  line(place: number): number {
    return this.#distances + place * this.stride * 4;
  }

  distances(place: number): Float32Array<ArrayBuffer> {
    return this.arena.floats(this.line(place), this.stride);
  }

  /** Measure the first `count` queries against `rows` rows at an address: squared, or sums for "manhattan". */
  async measure(count: number, address: number, rows: number, pace: Pace): Promise<void> {
    const { kernels } = this.arena;
    const absolute = this.metric === "manhattan" ? 1 : 0;
    const chunk = Math.max(4, (CALL_WORK / (count * this.width)) & ~3);
    for (let from = 0; from < rows; from += chunk) {
      const to = Math.min(rows, from + chunk);
      kernels.measurePairs(this.#queries, count, address, this.width, from, to, absolute, this.#distances, this.stride);
      await pace.check();
    }
    for (let place = 0; place < count; place++) this.distances(place).fill(Number.POSITIVE_INFINITY, rows);
  }
}

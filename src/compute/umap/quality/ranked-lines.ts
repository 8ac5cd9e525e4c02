import type { Pace } from "../../runtime/pace.ts";
import type { QueryBlock } from "../neighbors/query-block.ts";
import type { StoredPoints } from "../stored-points.ts";

/** Some rows compared with all rows of the same table: the nearest of each, and the rank of any other. */
export class RankedLines {
  readonly #best: number;
  readonly #nearest: number;
  readonly #targets: number;
  readonly #ranks: number;

  constructor(
    readonly block: QueryBlock,
    readonly k: number,
  ) {
    const { arena } = block;
    this.#best = arena.allocate(k * 4);
    this.#nearest = arena.allocate(k * 4);
    this.#targets = arena.allocate(k * 4);
    this.#ranks = arena.allocate(k * 4);
  }

  /** Compare these rows, at most a block of them, with all; a row is at an infinite distance of itself. */
  async measure(points: StoredPoints, rows: Int32Array, pace: Pace): Promise<void> {
    const { block } = this;
    const { arena, address, width } = points;
    for (const [place, row] of rows.entries())
      arena.floats(block.query(place), width).set(arena.floats(address + row * width * 4, width));
    await block.measure(rows.length, address, points.rows, pace);
    for (const [place, row] of rows.entries()) block.distances(place)[row] = Number.POSITIVE_INFINITY;
  }

  /** The `k` nearest rows of the query at that place, nearest first. */
  nearest(place: number): Int32Array<ArrayBuffer> {
    const { arena, rows } = this.block;
    arena.floats(this.#best, this.k).fill(Number.POSITIVE_INFINITY);
    arena.kernels.keepNearest(this.block.line(place), 0, rows, 0, this.k, this.#best, this.#nearest);
    return arena.ints(this.#nearest, this.k).slice();
  }

  /** By how much the ranks of these rows exceed `k`, in all. */
  ranksBeyond(place: number, rows: Int32Array): number {
    const { arena, stride } = this.block;
    arena.ints(this.#targets, rows.length).set(rows);
    arena.kernels.countNearer(this.block.line(place), stride, this.#targets, rows.length, this.#ranks);
    let sum = 0;
    for (const nearer of arena.ints(this.#ranks, rows.length)) sum += nearer + 1 - this.k;
    return sum;
  }
}

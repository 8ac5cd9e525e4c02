import type { Pace } from "../../runtime/pace.ts";
import type { StoredPoints } from "../stored-points.ts";
import type { NearestLists } from "./nearest-lists.ts";
import { PairComparison } from "./pair-comparison.ts";
import type { QuantisedRows } from "./quantised-rows.ts";

/** Numbers in a block of rows: packed it stays in the second-level cache. */
const BLOCK_NUMBERS = 1 << 16;
/** Candidates kept beside the neighbours wanted, so that rounding seldom pushes a true one out of the list. */
const SPARE_CANDIDATES = 4;
const LARGEST_INT = 0x7fffffff;
const RANKED_AT_ONCE = 256;
/** Rows asked beforehand whether whole numbers tell the rows apart. */
const SAMPLE = 64;

/** Rows that the search takes together. */
export function blockOf({ width }: StoredPoints): number {
  return Math.min(512, Math.max(64, (BLOCK_NUMBERS / width) & ~7));
}

/** Pairs that `countUnsure` looks at among so many rows. */
export function sampledPairs(count: number): number {
  return Math.min(SAMPLE, count) * count;
}

/** Exact neighbours by whole numbers of 16 bits: comparing, ranking and proving, and searching again what is not proven. */
export class QuantisedSearch {
  readonly comparison: PairComparison;
  readonly #packed: number;
  readonly #places: number;
  readonly #placesLengths: number;
  readonly #placesLimits: number;
  readonly #doubtful: number;
  readonly #largestError: number;

  /** @param quantised All are rounded. */
  constructor(
    readonly points: StoredPoints,
    readonly lists: NearestLists,
    readonly quantised: QuantisedRows,
    readonly pace: Pace,
  ) {
    const { arena } = points;
    const { block, padded, count, width } = quantised;
    this.#largestError = quantised.largestError;
    // A list longer than there are others never fills, and so leaves nothing out.
    this.comparison = new PairComparison(arena, quantised, block, Math.min(count, lists.k + SPARE_CANDIDATES));
    this.#packed = arena.allocate(block * width * 2);
    this.#places = arena.allocate(block * 4);
    this.#placesLengths = arena.allocate(block * 4);
    this.#placesLimits = arena.allocate(block * 4);
    this.#doubtful = arena.allocate(padded * 4);
  }

  /**
   * Search for a few rows and count how many others whole numbers can't tell from their neighbours.
   *
   * @param part,parts Of those few rows, every `parts`-th from number `part` on.
   * @returns How many pairs; `sampledPairs` is how many there were, of all parts together.
   */
  async countUnsure(part = 0, parts = 1): Promise<number> {
    const { count } = this.quantised;
    const step = Math.max(1, Math.floor(count / SAMPLE));
    const places = Int32Array.from({ length: Math.min(SAMPLE, count) }, (_, which) => which * step).filter(
      (_, which) => which % parts === part,
    );
    const limits = new Int32Array(places.length).fill(LARGEST_INT);
    await this.#searchBlock(places, limits, () => undefined);
    // Once more, now that each knows how far its neighbours are.
    return this.#searchBlock(places, limits, () => undefined);
  }

  /** Measure the candidates of places `start` to `end - 1`; @returns how many of them are not proven. */
  async rank(start = 0, end = this.quantised.count): Promise<number> {
    const { points, lists } = this;
    const { order, scale, errors } = this.quantised;
    let doubts = 0;
    for (let from = start; from < end; from += RANKED_AT_ONCE) {
      doubts += points.arena.kernels.rankQuantised(
        points.address,
        points.width,
        order,
        from,
        Math.min(end, from + RANKED_AT_ONCE),
        scale,
        errors,
        this.#largestError,
        this.comparison.keep,
        this.comparison.distances,
        this.comparison.candidates,
        this.comparison.limits,
        lists.k,
        lists.distances,
        lists.rows,
        this.#doubtful + doubts * 4,
      );
      await this.pace.check();
    }
    return doubts;
  }

  /** Search again for the places that `rank` could not prove. */
  async searchDoubtful(doubts: number, onSlice: (done: number) => void = () => undefined): Promise<void> {
    const { arena } = this.points;
    for (let from = 0; from < doubts; from += this.quantised.block) {
      const places = arena.ints(this.#doubtful, doubts).slice(from, from + this.quantised.block);
      const known = arena.ints(this.comparison.limits, this.quantised.padded);
      const limits = places.map((place) => known[place] ?? 0);
      await this.#searchBlock(places, limits, () => onSlice(from));
    }
  }

  /** Empty lists for these places, filled from all others below the limits, which shrink. @returns pairs measured. */
  async #searchBlock(places: Int32Array, limits: Int32Array, onSlice: () => void): Promise<number> {
    const { points, lists, quantised } = this;
    const { arena } = points;
    const { block, order, count, padded, scale, errors, panels, width, lengths } = quantised;
    const { columns, list, halves } = this.comparison.stops;
    arena.ints(this.#places, block).fill(-1).set(places);
    arena.ints(this.#placesLimits, block).fill(-1).set(limits);
    const { top } = arena;
    const ownHalves = arena.allocate(columns.length * block * 4);
    const gather = (from: number, to: number) => {
      const all = arena.ints(from, padded);
      arena.ints(to, block).set(Int32Array.from(places, (place) => all[place] ?? 0));
    };
    gather(lengths, this.#placesLengths);
    for (let stop = 0; stop < columns.length; stop++) gather(halves + stop * padded * 4, ownHalves + stop * block * 4);
    const rows = arena.ints(order, count);
    const exact = arena.doubles(lists.distances, points.rows * lists.k);
    const nearest = arena.ints(lists.rows, points.rows * lists.k);
    for (const place of places) {
      const from = (rows[place] ?? 0) * lists.k;
      exact.fill(Number.POSITIVE_INFINITY, from, from + lists.k);
      nearest.fill(LARGEST_INT, from, from + lists.k);
    }
    arena.kernels.packQuantised(panels, width, columns[0] ?? width, this.#places, block, this.#packed);
    const asked = (places.length + 3) & ~3;
    let measured = 0;
    for (let from = 0; from < padded; from += block) {
      measured += arena.kernels.searchRows(
        points.address,
        points.width,
        order,
        count,
        scale,
        errors,
        this.#largestError,
        this.#packed,
        this.#places,
        asked,
        this.#placesLengths,
        ownHalves,
        block,
        this.#placesLimits,
        panels,
        from,
        from + block,
        width,
        list,
        columns.length,
        halves,
        lengths,
        padded,
        lists.k,
        lists.distances,
        lists.rows,
        this.comparison.tile,
      );
      if (!this.pace.isDue) continue;
      onSlice();
      await this.pace.check();
    }
    limits.set(arena.ints(this.#placesLimits, limits.length));
    arena.rewind(top);
    return measured;
  }
}

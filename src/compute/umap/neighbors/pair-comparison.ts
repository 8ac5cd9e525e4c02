import type { Arena } from "../arena.ts";

const LARGEST_INT = 0x7fffffff;

/** Quantised rows as a comparison needs them; addresses are the arena's. See `QuantisedRows`. */
export interface ComparedRows {
  readonly count: number;
  readonly padded: number;
  readonly width: number;
  readonly first: number;
  readonly second: number;
  readonly panels: number;
  readonly lengths: number;
}

/** Blocks of quantised rows against each other, and the nearest candidates of each row met so far. */
export class PairComparison {
  readonly blocks: number;
  readonly distances: number;
  readonly candidates: number;
  /** For each row the squared distance that a further candidate must be below. */
  readonly limits: number;
  readonly tile: number;
  readonly #packed: number;
  readonly #places: number;

  /**
   * @param block Rows taken together; `padded` is a multiple of it.
   * @param keep Candidates a row.
   */
  constructor(
    readonly arena: Arena,
    readonly rows: ComparedRows,
    readonly block: number,
    readonly keep: number,
  ) {
    const { padded, count, width } = rows;
    this.blocks = padded / block;
    this.distances = arena.allocate(padded * keep * 4);
    this.candidates = arena.allocate(padded * keep * 4);
    this.limits = arena.allocate(padded * 4);
    this.tile = arena.allocate(128);
    this.#packed = arena.allocate(block * width * 2);
    this.#places = arena.allocate(block * 4);
    arena.ints(this.distances, padded * keep).fill(LARGEST_INT);
    arena.ints(this.candidates, padded * keep).fill(-1);
    arena.ints(this.limits, padded).fill(LARGEST_INT).fill(-1, count);
  }

  /** Make a block of rows the one that others are compared with. */
  chooseBlock(block: number): void {
    const { panels, width, count } = this.rows;
    const places = this.arena.ints(this.#places, this.block);
    for (let row = 0; row < this.block; row++) {
      const place = block * this.block + row;
      places[row] = place < count ? place : -1;
    }
    this.arena.kernels.packQuantised(panels, width, this.#places, this.block, this.#packed);
  }

  /** Compare the chosen block with another one, itself or a later one; each pair is offered to both rows. */
  compare(chosen: number, other: number): void {
    const { panels, width, first, second, lengths, padded, count } = this.rows;
    const { block } = this;
    this.arena.kernels.compareQuantised(
      this.#packed,
      chosen * block,
      block,
      panels,
      other * block,
      (other + 1) * block,
      width,
      first,
      second,
      lengths,
      padded,
      count,
      this.keep,
      this.distances,
      this.candidates,
      this.limits,
      this.tile,
    );
  }

  /** Offer what another comparison of the same rows has found. */
  take(distances: Int32Array, candidates: Int32Array): void {
    const { arena, keep } = this;
    const { top } = arena;
    const distancesAt = arena.allocate(distances.byteLength);
    const candidatesAt = arena.allocate(candidates.byteLength);
    arena.ints(distancesAt, distances.length).set(distances);
    arena.ints(candidatesAt, candidates.length).set(candidates);
    arena.kernels.uniteLists(
      distancesAt,
      candidatesAt,
      this.rows.count,
      keep,
      this.distances,
      this.candidates,
      this.limits,
    );
    arena.rewind(top);
  }
}

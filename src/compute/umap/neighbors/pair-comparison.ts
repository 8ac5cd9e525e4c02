import type { Arena } from "../arena.ts";
import { possibleStops } from "./choose-stops.ts";
import { sampleStops } from "./sample-stops.ts";

const LARGEST_INT = 0x7fffffff;
/** Products of a tile and half limits. */
const TILE_BYTES = 128 + 32;

/** Quantised rows as a comparison needs them; addresses are the arena's. See `QuantisedRows`. */
export interface ComparedRows {
  readonly count: number;
  readonly padded: number;
  readonly width: number;
  readonly panels: number;
  readonly lengths: number;
}

/** Where tiles ask whether they can stop, in the arena; see kernels/tiles.ts. */
export interface Stops {
  /** Counts of columns, ascending, the last being all. */
  readonly columns: readonly number[];
  /** Address of the same. */
  readonly list: number;
  /** Tables of halves of the squared lengths up to each stop. */
  readonly halves: number;
}

/** Candidates of some places, `keep` each, nearest first; out of the kernels' memory. */
export interface CandidateLists {
  readonly distances: Int32Array<ArrayBuffer>;
  readonly candidates: Int32Array<ArrayBuffer>;
}

/** Blocks of quantised rows against each other, and the nearest candidates of each row met so far. */
export class PairComparison {
  readonly blocks: number;
  readonly distances: number;
  readonly candidates: number;
  /** For each row the squared distance that a further candidate must be below. */
  readonly limits: number;
  readonly tile: number;
  #stops: Stops;
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
    this.tile = arena.allocate(TILE_BYTES);
    this.#packed = arena.allocate(block * width * 2);
    this.#places = arena.allocate(block * 4);
    arena.ints(this.distances, padded * keep).fill(LARGEST_INT);
    arena.ints(this.candidates, padded * keep).fill(-1);
    arena.ints(this.limits, padded).fill(LARGEST_INT).fill(-1, count);
    // Nothing is known yet of how far rows are from each other: every other one, counted from the last.
    const possible = possibleStops(width);
    this.#stops = this.#prepareStops(possible.filter((_, place) => (possible.length - place) % 2 === 1));
  }

  get stops(): Stops {
    return this.#stops;
  }

  /**
   * Stop where a sample of tiles says that it costs least, with the limits of now; or at these counts of columns. It
   * changes no answer. A block must be chosen again afterwards, for how it is packed follows the first stop.
   */
  stopWhereItPays(columns: readonly number[] = sampleStops(this.arena, this.rows, this.limits)): void {
    this.#stops = this.#prepareStops(columns);
  }

  #prepareStops(columns: readonly number[]): Stops {
    const { arena, rows } = this;
    const list = arena.allocate(columns.length * 4);
    const halves = arena.allocate(columns.length * rows.padded * 4);
    arena.ints(list, columns.length).set(columns);
    arena.kernels.measureHalves(rows.panels, rows.width, list, columns.length, rows.padded, halves);
    return { columns, list, halves };
  }

  /** Make a block of rows the one that others are compared with. */
  chooseBlock(block: number): void {
    const { panels, width, count } = this.rows;
    const places = this.arena.ints(this.#places, this.block);
    for (let row = 0; row < this.block; row++) {
      const place = block * this.block + row;
      places[row] = place < count ? place : -1;
    }
    this.arena.kernels.packQuantised(
      panels,
      width,
      this.#stops.columns[0] ?? width,
      this.#places,
      this.block,
      this.#packed,
    );
  }

  /** Compare the chosen block with another one, itself or a later one; each pair is offered to both rows. */
  compare(chosen: number, other: number): void {
    const { panels, width, lengths, padded, count } = this.rows;
    const { columns, list, halves } = this.#stops;
    const { block } = this;
    this.arena.kernels.compareQuantised(
      this.#packed,
      chosen * block,
      block,
      panels,
      other * block,
      (other + 1) * block,
      width,
      list,
      columns.length,
      halves,
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

  /** What further candidates must be below, here; a copy. */
  limitsNow(): Int32Array<ArrayBuffer> {
    return this.arena.ints(this.limits, this.rows.padded).slice();
  }

  /** Turn away what is not below these limits either: another comparison has enough that is nearer. */
  lower(limits: Int32Array): void {
    const own = this.arena.ints(this.limits, this.rows.padded);
    for (let place = 0; place < own.length; place++) {
      const given = limits[place] ?? 0;
      if (given < (own[place] ?? 0)) own[place] = given;
    }
  }

  /** The lists of places `from` to `to - 1`; copies. */
  part(from: number, to: number): CandidateLists {
    const { arena, keep } = this;
    return {
      distances: arena.ints(this.distances + from * keep * 4, (to - from) * keep).slice(),
      candidates: arena.ints(this.candidates + from * keep * 4, (to - from) * keep).slice(),
    };
  }

  /** Unite the lists from place `from` on with those of other comparisons of the same rows; the limits are theirs then. */
  unite(from: number, others: readonly CandidateLists[]): void {
    const { arena, keep } = this;
    const { top } = arena;
    const distancesAt = this.distances + from * keep * 4;
    const candidatesAt = this.candidates + from * keep * 4;
    const limitsAt = this.limits + from * 4;
    for (const { distances, candidates } of others) {
      const count = distances.length / keep;
      const farthest = arena.ints(distancesAt, distances.length);
      const limits = arena.ints(limitsAt, count);
      for (let place = 0; place < count; place++) limits[place] = farthest[(place + 1) * keep - 1] ?? 0;
      const otherDistances = arena.allocate(distances.byteLength);
      const otherCandidates = arena.allocate(candidates.byteLength);
      arena.ints(otherDistances, distances.length).set(distances);
      arena.ints(otherCandidates, candidates.length).set(candidates);
      arena.kernels.uniteLists(otherDistances, otherCandidates, count, keep, distancesAt, candidatesAt, limitsAt);
      arena.rewind(top);
    }
  }
}

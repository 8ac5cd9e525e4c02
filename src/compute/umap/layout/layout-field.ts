import { hash32 } from "../../random.ts";
import { Arena } from "../arena.ts";
import type { Forces } from "./forces.ts";
import { BLOCK_ROWS, type PaddedStarts } from "./padded-entries.ts";

const TABLE_BYTES = 25 * 16 + 16 * 16;
const SCRATCH_BYTES = 4096;
const LISTED_ROW_BYTES = 12;

/**
 * Where all rows stand, and the entries of those that are moved here, in the kernels' memory. A row takes two numbers,
 * or four in three dimensions, the last of them unused: what this file calls places.
 */
export class LayoutField {
  /** Numbers a row. */
  readonly stride: 2 | 4;
  #before: number;
  #after: number;
  readonly #starts: number;
  readonly #columns: number;
  readonly #shares: number;
  readonly #due: number;
  readonly #table: number;
  readonly #scratch: number;
  readonly #entries: number;
  readonly #widest: number;
  /** The due entries of all rows, and what tells each row its own; allocated when they are first listed. */
  #listed: { readonly due: number; readonly lists: number } | null = null;

  private constructor(
    private readonly arena: Arena,
    readonly nComponents: 2 | 3,
    readonly rows: number,
    /** Rows that are moved here: `from` (a multiple of 256) to `to - 1`. */
    readonly from: number,
    readonly to: number,
    { starts, widest }: PaddedStarts,
  ) {
    this.stride = nComponents === 2 ? 2 : 4;
    this.#entries = starts[to - from] ?? 0;
    this.#widest = widest;
    this.#before = arena.allocate(rows * this.stride * 4);
    this.#after = arena.allocate(rows * this.stride * 4);
    this.#starts = arena.allocate(starts.length * 4);
    this.#columns = arena.allocate(this.#entries * 4);
    this.#shares = arena.allocate(this.#entries * 4);
    this.#due = arena.allocate(widest * 4);
    this.#table = arena.allocate(TABLE_BYTES);
    this.#scratch = arena.allocate(SCRATCH_BYTES);
    arena.ints(this.#starts, starts.length).set(starts);
  }

  static async create(
    nComponents: 2 | 3,
    rows: number,
    from: number,
    to: number,
    starts: PaddedStarts,
  ): Promise<LayoutField> {
    return new LayoutField(await Arena.create(), nComponents, rows, from, to, starts);
  }

  /** The entries' rows, zeros at first, to be written once. */
  get columns(): Int32Array<ArrayBuffer> {
    return this.arena.ints(this.#columns, this.#entries);
  }

  /** The entries' shares of the strongest weight, zeros at first, to be written once. */
  get shares(): Float32Array<ArrayBuffer> {
    return this.arena.floats(this.#shares, this.#entries);
  }

  /** Places before the round, of rows `from` to `to - 1`; a view. */
  placesBefore(from: number, to: number): Float32Array<ArrayBuffer> {
    return this.arena.floats(this.#before + from * this.stride * 4, (to - from) * this.stride);
  }

  /** Places after the round; a view. */
  placesAfter(from: number, to: number): Float32Array<ArrayBuffer> {
    return this.arena.floats(this.#after + from * this.stride * 4, (to - from) * this.stride);
  }

  /** The list of starts, as if it began at row 0. */
  get #startsFromZero(): number {
    return this.#starts - this.from * 4;
  }

  /** Take over what moves the rows from the next round on. */
  prepare({ logA, b, repulsion }: Forces): void {
    this.arena.kernels.prepareLayout(this.#table, logA, b, repulsion, this.rows);
  }

  /** One round for rows `from` (a multiple of 256) to `to - 1`: their places after it. */
  settle(from: number, to: number, epoch: number, epochs: number, { learningRate, negatives, seed }: Forces): void {
    const { settleFlat, settleSolid } = this.arena.kernels;
    const settle = this.nComponents === 2 ? settleFlat : settleSolid;
    settle(
      this.#before,
      this.#after,
      this.#startsFromZero,
      this.#columns,
      this.#shares,
      from,
      to,
      epoch,
      learningRate * (1 - epoch / epochs),
      negatives,
      hash32(epoch ^ hash32(seed)),
      this.#table,
      this.#due,
      this.#scratch,
    );
  }

  /** The half of a round that needs no places: which entries of rows `from` to `to - 1` are due in it. */
  list(epoch: number): void {
    const { arena } = this;
    this.#listed ??= {
      due: arena.allocate((this.#entries + this.#widest) * 4),
      lists: arena.allocate(Math.ceil((this.to - this.from) / BLOCK_ROWS) * BLOCK_ROWS * LISTED_ROW_BYTES),
    };
    arena.kernels.listDue(
      this.nComponents === 2 ? 0 : 1,
      this.#before,
      this.#startsFromZero,
      this.#columns,
      this.#shares,
      this.from,
      this.to,
      epoch,
      this.#table,
      this.#listed.due,
      this.#listed.lists,
      this.#scratch,
    );
  }

  /** The other half, of the round that was listed last: the places of rows `from` to `to - 1` after it. */
  moveListed(epoch: number, epochs: number, { learningRate, negatives, seed }: Forces): void {
    const { moveListedFlat, moveListedSolid } = this.arena.kernels;
    const move = this.nComponents === 2 ? moveListedFlat : moveListedSolid;
    move(
      this.#before,
      this.#after,
      this.from,
      this.to,
      learningRate * (1 - epoch / epochs),
      negatives,
      hash32(epoch ^ hash32(seed)),
      this.#table,
      this.#listed?.lists ?? 0,
    );
  }

  /** The places after the round are those before the next. */
  turn(): void {
    [this.#before, this.#after] = [this.#after, this.#before];
  }
}

/** `rows * nComponents` numbers as places. */
export function placesOf(positions: Float32Array, nComponents: 2 | 3): Float32Array<ArrayBuffer> {
  if (nComponents === 2) return positions.slice();
  const places = new Float32Array((positions.length / 3) * 4);
  for (let place = 0; place < positions.length; place++)
    places[Math.floor(place / 3) * 4 + (place % 3)] = positions[place] ?? 0;
  return places;
}

/** Places as `rows * nComponents` numbers; a copy. */
export function positionsOf(places: Float32Array, nComponents: 2 | 3): Float32Array<ArrayBuffer> {
  if (nComponents === 2) return places.slice();
  const positions = new Float32Array((places.length / 4) * 3);
  for (let place = 0; place < positions.length; place++)
    positions[place] = places[Math.floor(place / 3) * 4 + (place % 3)] ?? 0;
  return positions;
}

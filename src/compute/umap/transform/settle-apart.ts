import { hash32 } from "../../random.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { Arena } from "../arena.ts";
import { fitCurve } from "../layout/fit-curve.ts";
import { placesOf } from "../layout/layout-field.ts";
import type { UmapOptions } from "../options.ts";

const TABLE_BYTES = 25 * 16 + 16 * 16;
const SCRATCH_BYTES = 4096;
/** Rows that settle at a time: the kernel's block, of which each vector takes four. */
const ROOM = 256;
/** umap-learn's for up to 10,000 new rows, a third of its rounds when they were set, and a quarter of its rate. */
const USUAL_ROUNDS = 100;
const ROUNDS_SHARE = 3;
const RATE_SHARE = 4;

/** A map that stands still, and further rows that settle in it, each as if it were alone: the layout's kernel for those. */
export class SettleApart {
  /** Numbers a row: the kernel's. */
  readonly #stride: number;
  readonly #positions: number;
  readonly #starts: number;
  readonly #columns: number;
  readonly #shares: number;
  readonly #names: number;
  readonly #table: number;
  readonly #due: number;
  readonly #scratch: number;
  readonly #rounds: number;
  #count = 0;
  #entries = 0;

  constructor(
    readonly arena: Arena,
    readonly rows: number,
    positions: Float32Array,
    readonly k: number,
    readonly options: UmapOptions,
  ) {
    const { nComponents, nEpochs, spread, minDist, repulsionStrength } = options;
    this.#rounds = nEpochs === null ? USUAL_ROUNDS : Math.floor(nEpochs / ROUNDS_SHARE);
    this.#stride = nComponents === 2 ? 2 : 4;
    this.#positions = arena.allocate((rows + ROOM) * this.#stride * 4);
    this.#starts = arena.allocate((rows + ROOM + 1) * 4);
    this.#columns = arena.allocate(ROOM * this.#padded * 4);
    this.#shares = arena.allocate(ROOM * this.#padded * 4);
    this.#names = arena.allocate(ROOM * 4);
    this.#table = arena.allocate(TABLE_BYTES);
    this.#due = arena.allocate((ROOM * this.#padded + 8) * 4);
    this.#scratch = arena.allocate(SCRATCH_BYTES);
    arena.floats(this.#positions, rows * this.#stride).set(placesOf(positions, nComponents));
    const { a, b } = fitCurve(spread, minDist);
    arena.kernels.prepareLayout(this.#table, Number(Math.log2(a).toPrecision(7)), b, repulsionStrength, rows);
  }

  /** Rows that wait to be settled. */
  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === ROOM;
  }

  /** A coordinate of a row of the map. */
  place(row: number, axis: number): number {
    return this.arena.floats(this.#positions, this.rows * this.#stride)[row * this.#stride + axis] ?? 0;
  }

  /**
   * Another row, which begins at `start`, with the rows that pull it; those that push it are drawn by `name` alone.
   *
   * @param weights Strengths of the rows, from above 0 to 1.
   */
  add(start: readonly number[], indices: Int32Array, weights: Float32Array, name: number): void {
    const { arena, rows } = this;
    const starts = arena.ints(this.#starts, rows + ROOM + 1);
    starts[rows + this.#count] = this.#entries;
    this.#storeEntries(indices, weights);
    starts[rows + this.#count + 1] = this.#entries;
    arena.ints(this.#names, ROOM)[this.#count] = name;
    for (const [axis, value] of start.entries()) this.#own(this.#count)[axis] = value;
    this.#count++;
  }

  /** Settle the rows that wait. @returns Their places, one after the other. */
  async settle(pace: Pace): Promise<Float32Array<ArrayBuffer>> {
    const { arena, rows, options } = this;
    const { nComponents, learningRate, negativeSampleRate, seed } = options;
    const settle = nComponents === 2 ? arena.kernels.settleNamedFlat : arena.kernels.settleNamedSolid;
    for (let round = 0; round < this.#rounds; round++) {
      settle(
        this.#positions,
        // Nobody else reads these rows: they may be written where they are read.
        this.#positions,
        this.#starts,
        this.#columns,
        this.#shares,
        rows,
        rows + this.#count,
        round,
        (learningRate / RATE_SHARE) * (1 - round / this.#rounds),
        negativeSampleRate,
        hash32(round ^ hash32(seed)),
        this.#table,
        this.#due,
        this.#scratch,
        this.#names,
      );
      if (pace.isDue) await pace.check();
    }
    const places = new Float32Array(this.#count * nComponents);
    for (let row = 0; row < this.#count; row++) places.set(this.#own(row).subarray(0, nComponents), row * nComponents);
    this.empty();
    return places;
  }

  /** Let go of the rows that wait. */
  empty(): void {
    this.#count = 0;
    this.#entries = 0;
  }

  /** Entries of a row, rounded up to whole vectors. */
  get #padded(): number {
    return (this.k + 3) & ~3;
  }

  #own(row: number): Float32Array {
    return this.arena.floats(this.#positions + (this.rows + row) * this.#stride * 4, this.#stride);
  }

  /** Shares of the strongest; those too weak to come up once are left out, and the rest of a vector is empty. */
  #storeEntries(indices: Int32Array, weights: Float32Array): void {
    const columns = this.arena.ints(this.#columns + this.#entries * 4, this.#padded).fill(0);
    const shares = this.arena.floats(this.#shares + this.#entries * 4, this.#padded).fill(0);
    const strongest = weights.reduce((most, weight) => Math.max(most, weight), 0);
    let end = 0;
    for (const [place, weight] of weights.entries()) {
      if (weight < strongest / this.#rounds) continue;
      columns[end] = indices[place] ?? 0;
      shares[end++] = weight / strongest;
    }
    this.#entries += (end + 3) & ~3;
  }
}

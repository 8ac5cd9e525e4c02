import { hash32 } from "../../random.ts";
import type { Arena } from "../arena.ts";
import { fitCurve } from "../layout/fit-curve.ts";
import { placesOf } from "../layout/layout-field.ts";
import type { UmapOptions } from "../options.ts";

const TABLE_BYTES = 25 * 16 + 16 * 16;
const SCRATCH_BYTES = 4096;
/** umap-learn's for up to 10,000 new rows, a third of its rounds when they were set, and a quarter of its rate. */
const USUAL_ROUNDS = 100;
const ROUNDS_SHARE = 3;
const RATE_SHARE = 4;

/** A map that stands still, and one further row that settles in it: the layout's kernel with a single row. */
export class SettleAlone {
  /** Numbers a row: the kernel's. */
  readonly #stride: number;
  readonly #positions: number;
  readonly #starts: number;
  readonly #columns: number;
  readonly #shares: number;
  readonly #table: number;
  readonly #due: number;
  readonly #scratch: number;
  readonly #rounds: number;

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
    this.#positions = arena.allocate((rows + 1) * this.#stride * 4);
    this.#starts = arena.allocate((rows + 2) * 4);
    const padded = (k + 3) & ~3;
    this.#columns = arena.allocate(padded * 4);
    this.#shares = arena.allocate(padded * 4);
    this.#table = arena.allocate(TABLE_BYTES);
    this.#due = arena.allocate((2 * padded + 8) * 4);
    this.#scratch = arena.allocate(SCRATCH_BYTES);
    arena.floats(this.#positions, rows * this.#stride).set(placesOf(positions, nComponents));
    const { a, b } = fitCurve(spread, minDist);
    arena.kernels.prepareLayout(this.#table, Number(Math.log2(a).toPrecision(7)), b, repulsionStrength, rows);
  }

  /** A coordinate of a row of the map. */
  place(row: number, axis: number): number {
    return this.arena.floats(this.#positions, this.rows * this.#stride)[row * this.#stride + axis] ?? 0;
  }

  /**
   * Settle from `start` by the pull of a few rows and the push of others, drawn by `salt` alone.
   *
   * @param weights Strengths of the rows, from above 0 to 1.
   */
  settle(start: readonly number[], indices: Int32Array, weights: Float32Array, salt: number): readonly number[] {
    const { arena, rows, options } = this;
    const { nComponents, learningRate, negativeSampleRate } = options;
    const entries = this.#storeEntries(indices, weights);
    const end = arena.ints(this.#starts, rows + 2);
    end[rows + 1] = entries;
    for (const [axis, value] of start.entries()) arena.floats(this.#own(axis), 1)[0] = value;
    const settle = nComponents === 2 ? arena.kernels.settleFlat : arena.kernels.settleSolid;
    for (let round = 0; round < this.#rounds; round++)
      settle(
        this.#positions,
        // Nobody else reads this row: it may be written where it is read.
        this.#positions,
        this.#starts,
        this.#columns,
        this.#shares,
        rows,
        rows + 1,
        round,
        (learningRate / RATE_SHARE) * (1 - round / this.#rounds),
        negativeSampleRate,
        hash32(round ^ salt),
        this.#table,
        this.#due,
        this.#scratch,
      );
    return start.map((_, axis) => arena.floats(this.#own(axis), 1)[0] ?? 0);
  }

  #own(axis: number): number {
    return this.#positions + (this.rows * this.#stride + axis) * 4;
  }

  /** Shares of the strongest; those too weak to come up once are left out, and the rest of a vector is empty. */
  #storeEntries(indices: Int32Array, weights: Float32Array): number {
    const padded = (this.k + 3) & ~3;
    const columns = this.arena.ints(this.#columns, padded).fill(0);
    const shares = this.arena.floats(this.#shares, padded).fill(0);
    const strongest = weights.reduce((most, weight) => Math.max(most, weight), 0);
    let end = 0;
    for (const [place, weight] of weights.entries()) {
      if (weight < strongest / this.#rounds) continue;
      columns[end] = indices[place] ?? 0;
      shares[end++] = weight / strongest;
    }
    return (end + 3) & ~3;
  }
}

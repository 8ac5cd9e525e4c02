import type { Pace } from "../../runtime/pace.ts";
import type { Arena, Kernel } from "../arena.ts";
import { SPARE_CANDIDATES } from "../memory.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";

/** Numbers in a block of rows: with its panel it stays in the second-level cache. */
const BLOCK_NUMBERS = 1 << 16;
const MEASURED_AT_ONCE = 1 << 20;
const RANKED_AT_ONCE = 256;
const LARGEST = 3.4e38;
const metricCodes: Readonly<Record<Metric, number>> = { euclidean: 0, cosine: 1, correlation: 1, manhattan: 2 };

/** The tables of a neighbour search in a kernel's memory, and what is done with them: compare, rank, forget. */
export class NeighborSearch {
  /** Rows compared together. */
  readonly block: number;
  readonly blocks: number;
  readonly #arena: Arena;
  readonly #keep: number;
  readonly #ids: number;
  readonly #norms: number;
  readonly #candidates: number;
  readonly #candidateDistances: number;
  /** For each row the distance that a further candidate must beat. */
  readonly #limits: number;
  readonly #nearest: number;
  readonly #distances: number;
  readonly #doubtful: number;
  readonly #strips: number;
  readonly #panel: number;
  readonly #zeros: number;
  readonly #scratch: number;

  constructor(
    readonly points: StoredPoints,
    readonly k: number,
    readonly metric: Metric,
    readonly pace: Pace,
  ) {
    const { arena, rows, width } = points;
    this.#arena = arena;
    this.#keep = Math.min(rows - 1, k + SPARE_CANDIDATES);
    this.block = Math.min(512, Math.max(64, (BLOCK_NUMBERS / width) & ~7));
    this.blocks = Math.ceil(rows / this.block);
    const padded = this.blocks * this.block;
    this.#ids = arena.allocate(padded * 4);
    this.#norms = arena.allocate(rows * 4);
    this.#candidates = arena.allocate(rows * this.#keep * 4);
    this.#candidateDistances = arena.allocate(rows * this.#keep * 4);
    this.#limits = arena.allocate(rows * 4);
    this.#nearest = arena.allocate(rows * k * 4);
    this.#distances = arena.allocate(rows * k * 4);
    this.#doubtful = arena.allocate((rows + this.block) * 4);
    this.#strips = arena.allocate(this.block * width * 4);
    this.#panel = arena.allocate(this.block * width * 4);
    this.#zeros = arena.allocate(width * 4);
    this.#scratch = arena.allocate(256 + k * 8);
    const ids = arena.ints(this.#ids, padded).fill(-1);
    for (let row = 0; row < rows; row++) ids[row] = row;
    this.#forget(0, rows);
  }

  /** Squared lengths of the centred rows, which products need. */
  async measureRows(): Promise<void> {
    const { address, width, mean, rows } = this.points;
    const chunk = Math.max(1, Math.floor(MEASURED_AT_ONCE / width));
    for (let from = 0; from < rows; from += chunk) {
      this.#arena.kernels.measureRows(address, width, mean, from, Math.min(rows, from + chunk), this.#norms);
      await this.pace.check();
    }
  }

  /** Make a block of rows the one that others are compared with. */
  choosePanel(right: number, centred: boolean): void {
    this.#pack(this.#arena.kernels.packPanel, this.#placeOf(right), centred, this.#panel);
  }

  /** Compare a block with the panel; every pair is offered to the lists of both its rows. */
  async compareBlock(left: number, right: number, compare: Kernel, centred: boolean, onSlice: () => void) {
    this.#pack(this.#arena.kernels.packStrips, this.#placeOf(left), centred, this.#strips);
    await this.#compare(compare, this.#placeOf(left), this.#placeOf(right), true, onSlice);
  }

  /** Compare doubtful rows with the panel, as differences; only their own lists take part. */
  async compareDoubtful(count: number, right: number, onSlice: () => void) {
    const { packStrips, compareBySquares } = this.#arena.kernels;
    for (let from = 0; from < count; from += this.block) {
      const ids = this.#doubtful + from * 4;
      this.#pack(packStrips, ids, false, this.#strips);
      await this.#compare(compareBySquares, ids, this.#placeOf(right), false, onSlice);
    }
  }

  /**
   * Measure the candidates of all rows and keep the nearest.
   *
   * @param sure The candidates' distances came from differences: their order is right to within a tie.
   * @returns How many rows may lack a neighbour; `forgetDoubtful` and `compareDoubtful` look again.
   */
  rankAll(sure: boolean): Promise<number> {
    return this.#rank(this.#ids, this.points.rows, sure);
  }

  async rankDoubtful(count: number): Promise<void> {
    await this.#rank(this.#doubtful, count, true);
  }

  forgetDoubtful(count: number): void {
    const doubtful = this.#arena.ints(this.#doubtful, count + this.block);
    doubtful.fill(-1, count);
    for (const row of doubtful.subarray(0, count)) this.#forget(row, row + 1);
  }

  /** @param unit What distances are divided by on their way out. */
  result(unit: number): NeighborGraph {
    const { k } = this;
    const size = this.points.rows * k;
    const distances = this.#arena.floats(this.#distances, size).slice();
    if (unit !== 1)
      for (let place = 0; place < size; place++) distances[place] = Math.min(LARGEST, (distances[place] ?? 0) / unit);
    return { k, indices: this.#arena.ints(this.#nearest, size).slice(), distances };
  }

  #placeOf(block: number): number {
    return this.#ids + block * this.block * 4;
  }

  #pack(pack: Kernel, ids: number, centred: boolean, to: number): void {
    const { address, width, mean } = this.points;
    pack(address, width, centred ? mean : this.#zeros, ids, this.block, to);
  }

  async #compare(compare: Kernel, stripIds: number, panelIds: number, both: boolean, onSlice: () => void) {
    const { width } = this.points;
    for (let group = 0; group < this.block; group += 8) {
      compare(
        this.#strips,
        stripIds,
        this.block,
        this.#panel + group * width * 4,
        panelIds + group * 4,
        width,
        this.#norms,
        this.#keep,
        this.#candidateDistances,
        this.#candidates,
        this.#limits,
        both ? 1 : 0,
        this.#scratch,
      );
      if (!this.pace.isDue) continue;
      onSlice();
      await this.pace.check();
    }
  }

  async #rank(ids: number, count: number, sure: boolean): Promise<number> {
    const { address, width } = this.points;
    let doubts = 0;
    for (let from = 0; from < count; from += RANKED_AT_ONCE) {
      doubts += this.#arena.kernels.rankCandidates(
        address,
        width,
        metricCodes[this.metric],
        ids,
        from,
        Math.min(count, from + RANKED_AT_ONCE),
        this.#keep,
        this.#candidates,
        this.#limits,
        this.#norms,
        this.k,
        this.#nearest,
        this.#distances,
        this.#doubtful + doubts * 4,
        this.#scratch,
        sure ? 1 : 0,
      );
      await this.pace.check();
    }
    return doubts;
  }

  #forget(from: number, to: number): void {
    const { rows } = this.points;
    const keep = this.#keep;
    this.#arena.floats(this.#limits, rows).fill(Number.POSITIVE_INFINITY, from, to);
    this.#arena.floats(this.#candidateDistances, rows * keep).fill(Number.POSITIVE_INFINITY, from * keep, to * keep);
    this.#arena.ints(this.#candidates, rows * keep).fill(-1, from * keep, to * keep);
  }
}

import type { Pace } from "../../runtime/pace.ts";
import type { StoredPoints } from "../stored-points.ts";
import type { NearestLists } from "./nearest-lists.ts";

/** Numbers in a block of rows: with its panel it stays in the second-level cache. */
const BLOCK_NUMBERS = 1 << 16;
/** Candidates kept beside the neighbours wanted, so that rounding can't push a true one out of the list. */
const SPARE_CANDIDATES = 16;
const RANKED_AT_ONCE = 256;

/**
 * Neighbours by differences in single precision, each pair once, `k` and a few more candidates a row, which are then
 * measured in double precision: exact to within a tie of single precision, whatever the rows are.
 */
export class DifferencesSearch {
  /** Rows compared together. */
  readonly block: number;
  readonly blocks: number;
  readonly #keep: number;
  readonly #ids: number;
  readonly #candidates: number;
  readonly #candidateDistances: number;
  /** For each row the distance that a further candidate must beat. */
  readonly #limits: number;
  readonly #strips: number;
  readonly #panel: number;
  readonly #scratch: number;

  constructor(
    readonly points: StoredPoints,
    readonly lists: NearestLists,
    readonly metric: "squares" | "absolutes",
    readonly pace: Pace,
  ) {
    const { arena, rows, width } = points;
    this.#keep = Math.min(rows - 1, lists.k + SPARE_CANDIDATES);
    this.block = Math.min(512, Math.max(64, (BLOCK_NUMBERS / width) & ~7));
    this.blocks = Math.ceil(rows / this.block);
    const padded = this.blocks * this.block;
    this.#ids = arena.allocate(padded * 4);
    this.#candidates = arena.allocate(rows * this.#keep * 4);
    this.#candidateDistances = arena.allocate(rows * this.#keep * 4);
    this.#limits = arena.allocate(rows * 4);
    this.#strips = arena.allocate(this.block * width * 4);
    this.#panel = arena.allocate(this.block * width * 4);
    this.#scratch = arena.allocate(256);
    const ids = arena.ints(this.#ids, padded).fill(-1);
    for (let row = 0; row < rows; row++) ids[row] = row;
    arena.floats(this.#limits, rows).fill(Number.POSITIVE_INFINITY);
    arena.floats(this.#candidateDistances, rows * this.#keep).fill(Number.POSITIVE_INFINITY);
    arena.ints(this.#candidates, rows * this.#keep).fill(-1);
  }

  /** Make a block of rows the one that others are compared with. */
  choosePanel(right: number): void {
    const { address, width, arena } = this.points;
    arena.kernels.packPanel(address, width, this.#placeOf(right), this.block, this.#panel);
  }

  /** Compare a block with the panel; every pair is offered to the lists of both its rows. */
  async compareBlock(left: number, right: number, onSlice: () => void): Promise<void> {
    const { address, width, arena } = this.points;
    const { packStrips, compareBySquares, compareByAbsolutes } = arena.kernels;
    const compare = this.metric === "squares" ? compareBySquares : compareByAbsolutes;
    packStrips(address, width, this.#placeOf(left), this.block, this.#strips);
    for (let group = 0; group < this.block; group += 8) {
      compare(
        this.#strips,
        this.#placeOf(left),
        this.block,
        this.#panel + group * width * 4,
        this.#placeOf(right) + group * 4,
        width,
        this.#keep,
        this.#candidateDistances,
        this.#candidates,
        this.#limits,
        this.#scratch,
      );
      if (!this.pace.isDue) continue;
      onSlice();
      await this.pace.check();
    }
  }

  /** Measure the candidates of all rows and keep the nearest. */
  async rank(): Promise<void> {
    const { points, lists } = this;
    for (let from = 0; from < points.rows; from += RANKED_AT_ONCE) {
      points.arena.kernels.rankCandidates(
        points.address,
        points.width,
        this.metric === "squares" ? 0 : 2,
        from,
        Math.min(points.rows, from + RANKED_AT_ONCE),
        this.#keep,
        this.#candidates,
        lists.k,
        lists.distances,
        lists.rows,
      );
      await this.pace.check();
    }
  }

  #placeOf(block: number): number {
    return this.#ids + block * this.block * 4;
  }
}

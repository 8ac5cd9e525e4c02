import type { Pace } from "../../runtime/pace.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";
import { type DescentSearch, LEAF_ROWS, roundSeed, SETTLED, treeSeed } from "./descent-search.ts";
import { NearestLists } from "./nearest-lists.ts";
import { metricCodes } from "./query-block.ts";

/** Rows that a kernel call looks at in a tree, and pairs of numbers in a join: some milliseconds. */
const TREE_WORK = 1 << 21;
const JOIN_WORK = 1 << 22;
const CHUNK_ROWS = 1 << 14;
/** A part of a tree's stack is one of at most 32 doublings of the rows. */
const STACK_PARTS = 64;
const EMPTY = 0x7fffffff;

/** NN-descent's lists and candidates in a kernel's memory: on every machine the same bits, and the GPU's. */
export class NnDescentSearch implements DescentSearch {
  readonly rows: number;
  readonly #lists: NearestLists;
  readonly #ids: number;
  readonly #distances: number;
  readonly #order: number;
  readonly #stack: number;
  readonly #plane: number;
  readonly #aside: number;
  /** Where the tables of candidates begin; they come last, for they grow. */
  readonly #tables: number;
  #fresh = 0;
  #old = 0;
  #trees = 0;
  #rounds = 0;

  /**
   * @param k Neighbours wanted.
   * @param keep Places of a list.
   * @param unit What distances are divided by on their way out.
   */
  constructor(
    readonly points: StoredPoints,
    k: number,
    readonly keep: number,
    readonly metric: Metric,
    readonly unit: number,
    readonly seed: number,
    readonly pace: Pace,
  ) {
    const { arena, rows, width } = points;
    this.rows = rows;
    this.#lists = new NearestLists(points, k);
    this.#ids = arena.allocate(rows * keep * 4);
    this.#distances = arena.allocate(rows * keep * 4);
    this.#order = arena.allocate(rows * 4);
    this.#stack = arena.allocate(STACK_PARTS * 8);
    this.#plane = arena.allocate(2 * width * 4);
    this.#aside = arena.allocate(rows * 4);
    this.#tables = arena.top;
    arena.ints(this.#ids, rows * keep).fill(EMPTY);
    arena.floats(this.#distances, rows * keep).fill(Number.POSITIVE_INFINITY);
    const order = arena.ints(this.#order, rows);
    for (let row = 0; row < rows; row++) order[row] = row;
  }

  makeRoom(most: number): void {
    const { arena, rows } = this.points;
    arena.rewind(this.#tables);
    this.#fresh = arena.allocate(rows * most * 4);
    this.#old = arena.allocate(rows * most * 4);
  }

  async growTree(): Promise<void> {
    const { arena, address, width, rows } = this.points;
    const stack = arena.ints(this.#stack, 2);
    stack[0] = 0;
    stack[1] = rows;
    const seed = treeSeed(this.seed, ++this.#trees);
    const budget = Math.max(1, Math.floor(TREE_WORK / width));
    let depth = 1;
    while (depth > 0) {
      depth = arena.kernels.growTree(
        address,
        width,
        metricCodes[this.metric],
        this.#order,
        this.#stack,
        depth,
        LEAF_ROWS,
        seed,
        this.#plane,
        this.#aside,
        this.#distances,
        this.#ids,
        this.keep,
        budget,
      );
      await this.pace.check();
    }
  }

  fill(): Promise<void> {
    const { arena, address, width, rows } = this.points;
    const { keep } = this;
    const metric = metricCodes[this.metric];
    return this.#inChunks(CHUNK_ROWS, (from, to) =>
      arena.kernels.fillLists(address, width, metric, rows, from, to, this.seed, this.#distances, this.#ids, keep),
    );
  }

  async descend(most: number, onShare: (share: number) => void): Promise<boolean> {
    const { arena, address, width, rows } = this.points;
    const { kernels } = arena;
    const { keep } = this;
    const seed = roundSeed(this.seed, ++this.#rounds);
    const tables = [most, this.#fresh, this.#old] as const;
    arena.ints(this.#fresh, rows * most).fill(-1);
    arena.ints(this.#old, rows * most).fill(-1);
    await this.#inChunks(CHUNK_ROWS, (from, to) =>
      kernels.chooseCandidates(this.#ids, keep, from, to, ...tables, seed),
    );
    await this.#inChunks(CHUNK_ROWS, (from, to) => kernels.takeCandidates(this.#ids, keep, from, to, ...tables, seed));
    const metric = metricCodes[this.metric];
    const chunk = Math.max(1, Math.floor(JOIN_WORK / (width * most * most)));
    await this.#inChunks(chunk, (from, to) => {
      const lists = [this.#distances, this.#ids, keep] as const;
      kernels.joinCandidates(address, width, metric, this.#order, from, to, ...tables, ...lists);
      if (this.pace.isDue) onShare(to / rows);
    });
    let fresh = 0;
    await this.#inChunks(CHUNK_ROWS, (from, to) => {
      fresh += kernels.countFresh(this.#ids, keep, from, to);
    });
    return fresh <= SETTLED * rows * keep;
  }

  freshen(): Promise<void> {
    const { kernels } = this.points.arena;
    return this.#inChunks(CHUNK_ROWS, (from, to) => kernels.freshenLists(this.#ids, this.keep, from, to));
  }

  async rank(): Promise<NeighborGraph> {
    const { arena, address, width } = this.points;
    const metric = metricCodes[this.metric];
    const { k, distances, rows } = this.#lists;
    await this.#inChunks(CHUNK_ROWS, (from, to) =>
      arena.kernels.rankLists(address, width, metric, from, to, this.#ids, this.keep, k, distances, rows),
    );
    return this.#lists.result(this.metric, this.unit);
  }

  async #inChunks(chunk: number, work: (from: number, to: number) => void): Promise<void> {
    const { rows } = this.points;
    for (let from = 0; from < rows; from += chunk) {
      work(from, Math.min(rows, from + chunk));
      await this.pace.check();
    }
  }
}

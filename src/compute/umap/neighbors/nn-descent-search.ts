import type { Pace } from "../../runtime/pace.ts";
import type { Metric } from "../options.ts";
import { hash32 } from "../random.ts";
import type { StoredPoints } from "../stored-points.ts";
import type { NearestLists } from "./nearest-lists.ts";
import { metricCodes } from "./query-block.ts";

/** Rows to a leaf, whose rows are all compared with each other. */
const LEAF_ROWS = 32;
/** Rows that a kernel call looks at in a tree, and pairs of numbers in a join: some milliseconds. */
const TREE_WORK = 1 << 21;
const JOIN_WORK = 1 << 22;
const CHUNK_ROWS = 1 << 14;
/** A part of a tree's stack is one of at most 32 doublings of the rows. */
const STACK_PARTS = 64;
const EMPTY = 0x7fffffff;
/** Rounds end when a smaller share of the lists' places has changed (Dong, Charikar, Li 2011: delta). */
const SETTLED = 0.001;

/** The lists and candidate tables of NN-descent in a kernel's memory, and what is done with them: trees, rounds, ranks. */
export class NnDescentSearch {
  readonly #ids: number;
  readonly #distances: number;
  readonly #order: number;
  readonly #stack: number;
  readonly #normal: number;
  readonly #freshCounts: number;
  readonly #oldCounts: number;
  /** Where the tables of candidates begin; they come last, for they grow. */
  readonly #tables: number;
  #fresh = 0;
  #old = 0;
  #trees = 0;
  #rounds = 0;

  /** @param keep Places of a list. */
  constructor(
    readonly points: StoredPoints,
    readonly keep: number,
    readonly metric: Metric,
    readonly seed: number,
    readonly pace: Pace,
  ) {
    const { arena, rows, width } = points;
    this.#ids = arena.allocate(rows * keep * 4);
    this.#distances = arena.allocate(rows * keep * 4);
    this.#order = arena.allocate(rows * 4);
    this.#stack = arena.allocate(STACK_PARTS * 8);
    this.#normal = arena.allocate(width * 4);
    this.#freshCounts = arena.allocate(rows * 4);
    this.#oldCounts = arena.allocate(rows * 4);
    this.#tables = arena.top;
    arena.ints(this.#ids, rows * keep).fill(EMPTY);
    arena.floats(this.#distances, rows * keep).fill(Number.POSITIVE_INFINITY);
    const order = arena.ints(this.#order, rows);
    for (let row = 0; row < rows; row++) order[row] = row;
  }

  /** Make the tables of candidates long enough for `most` of each kind. */
  makeRoom(most: number): void {
    const { arena, rows } = this.points;
    arena.rewind(this.#tables);
    this.#fresh = arena.allocate(rows * most * 4);
    this.#old = arena.allocate(rows * most * 4);
  }

  /** Grow one more tree and compare the rows of its leaves. */
  async growTree(): Promise<void> {
    const { arena, address, width, rows } = this.points;
    const stack = arena.ints(this.#stack, 2);
    stack[0] = 0;
    stack[1] = rows;
    const seed = hash32(this.seed ^ hash32(++this.#trees));
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
        this.#normal,
        this.#distances,
        this.#ids,
        this.keep,
        budget,
      );
      await this.pace.check();
    }
  }

  /** Fill what the trees have left empty with rows by chance. */
  fill(): Promise<void> {
    const { arena, address, width, rows } = this.points;
    const { keep } = this;
    const metric = metricCodes[this.metric];
    return this.#inChunks(CHUNK_ROWS, (from, to) =>
      arena.kernels.fillLists(address, width, metric, rows, from, to, this.seed, this.#distances, this.#ids, keep),
    );
  }

  /**
   * One round: candidates chosen from lists in both directions, and each row's compared with each other.
   *
   * @param most Candidates of each kind, for which room was made; fewer are quicker.
   * @returns Whether a further round would change little.
   */
  async descend(most: number, onShare: (share: number) => void): Promise<boolean> {
    const { arena, address, width, rows } = this.points;
    const { kernels } = arena;
    const { keep } = this;
    const seed = hash32(this.seed ^ hash32(++this.#rounds ^ 0x7feb352d));
    arena.ints(this.#freshCounts, rows).fill(0);
    arena.ints(this.#oldCounts, rows).fill(0);
    const tables = [this.#fresh, this.#freshCounts, this.#old, this.#oldCounts] as const;
    await this.#inChunks(CHUNK_ROWS, (from, to) =>
      kernels.chooseCandidates(this.#ids, keep, from, to, most, ...tables, seed),
    );
    await this.#inChunks(CHUNK_ROWS, (from, to) =>
      kernels.markChosen(this.#ids, keep, from, to, most, this.#fresh, this.#freshCounts),
    );
    let changed = 0;
    const metric = metricCodes[this.metric];
    const chunk = Math.max(1, Math.floor(JOIN_WORK / (width * most * most)));
    await this.#inChunks(chunk, (from, to) => {
      const lists = [this.#distances, this.#ids, keep] as const;
      changed += kernels.joinCandidates(address, width, metric, this.#order, from, to, most, ...tables, ...lists);
      if (this.pace.isDue) onShare(to / rows);
    });
    return changed <= SETTLED * rows * keep;
  }

  /** All neighbours are compared anew, for rounds with more candidates. */
  freshen(): Promise<void> {
    const { kernels } = this.points.arena;
    return this.#inChunks(CHUNK_ROWS, (from, to) => kernels.freshenLists(this.#ids, this.keep, from, to));
  }

  /** The nearest of each list, measured in double precision. */
  rank(into: NearestLists): Promise<void> {
    const { arena, address, width } = this.points;
    const metric = metricCodes[this.metric];
    return this.#inChunks(CHUNK_ROWS, (from, to) =>
      arena.kernels.rankLists(
        address,
        width,
        metric,
        from,
        to,
        this.#ids,
        this.keep,
        into.k,
        into.distances,
        into.rows,
      ),
    );
  }

  async #inChunks(chunk: number, work: (from: number, to: number) => void): Promise<void> {
    const { rows } = this.points;
    for (let from = 0; from < rows; from += chunk) {
      work(from, Math.min(rows, from + chunk));
      await this.pace.check();
    }
  }
}

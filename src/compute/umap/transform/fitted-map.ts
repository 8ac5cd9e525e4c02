import { ComputeError } from "../../errors.ts";
import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { hash32 } from "../../random.ts";
import { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import type { UmapOptions } from "../options.ts";
import { FEWEST_ROWS } from "../start/few-rows.ts";
import { normaliseStored, storePoints } from "../stored-points.ts";
import { validateUmapOptions } from "../validate-options.ts";
import { validatePoints } from "../validate-points.ts";
import { QuerySearch } from "./query-search.ts";
import { SettleApart } from "./settle-apart.ts";
import { weightedStart } from "./weighted-start.ts";

/** A finished map: its rows and where they lie, with the options that made it. */
export interface FinishedMap {
  readonly points: Matrix;
  /** `rows * nComponents` numbers, row-major. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly options: UmapOptions;
}

/** A finished map made ready for rows that it has not seen: stored and measured once, asked as often as one likes. */
export class FittedMap {
  readonly #search: QuerySearch;
  readonly #layout: SettleApart;
  readonly #weights: number;
  /** The tables hold one request at a time: each waits for the one before. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly columns: number,
    readonly options: UmapOptions,
    readonly arena: Arena,
    search: QuerySearch,
    layout: SettleApart,
  ) {
    this.#search = search;
    this.#layout = layout;
    this.#weights = arena.allocate(search.k * 4);
  }

  /**
   * @throws ComputeError "input" for a map of fewer than 4 rows or whose positions are not those of its rows, "memory".
   */
  static async prepare({ points, positions, options }: FinishedMap, job: Job = {}): Promise<FittedMap> {
    const { rows, columns } = points;
    const { metric, nComponents } = options;
    // Without the rows: an array that the map began with had a place for those it had then.
    validateUmapOptions(options);
    throwUnlessFinished(points, positions, nComponents);
    const pace = new Pace(job.signal);
    const summary = await validatePoints(points, pace);
    const arena = await Arena.create();
    const stored = await storePoints(arena, points, summary, metric, pace);
    if (metric === "cosine" || metric === "correlation") await normaliseStored(stored, metric, pace);
    const k = Math.min(options.nNeighbors, rows);
    const search = new QuerySearch(stored, k, metric, summary.scale);
    const layout = new SettleApart(arena, rows, positions, k, options);
    return new FittedMap(columns, options, arena, search, layout);
  }

  /**
   * Where rows that the map has not seen belong in it; the map stays as it is. Each row's answer is its own: it has
   * the same bits alone, in any batch and at any place of it, for its chances are drawn from its content.
   *
   * As umap-learn's `transform`: the nearest rows of the map, their strengths, the mean of their places, then 100
   * rounds (a third of `nEpochs` where set) at a quarter of the learning rate. What differs: the neighbours are exact,
   * compared in all columns even where the map was made with `pca`, and a row is not pulled less because another of
   * its batch has nearer neighbours.
   *
   * @returns `queries.rows * nComponents` numbers.
   * @throws ComputeError "input" for another number of columns or numbers that are not finite, "cancelled".
   */
  transform(queries: Matrix, job: Job = {}): Promise<Float32Array<ArrayBuffer>> {
    const turn = this.#last.then(() => this.#transform(queries, job));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #transform(queries: Matrix, job: Job): Promise<Float32Array<ArrayBuffer>> {
    const { rows, columns } = queries;
    const { nComponents, localConnectivity } = this.options;
    if (columns !== this.columns)
      throw new ComputeError(
        "input",
        `rows: expected ${this.columns} columns as in the map, got ${columns}.`,
        "Pass rows like those of the map.",
      );
    const pace = new Pace(job.signal);
    const placed = new Float32Array(rows * nComponents);
    if (rows === 0) return placed;
    await validatePoints(queries, pace);
    const { arena } = this;
    const layout = this.#layout;
    const tell = (done: number) => job.onProgress?.({ stage: "Placing rows", done, total: rows, unit: "rows" });
    tell(0);
    // A request that was given up may have left some.
    layout.empty();
    let done = 0;
    const settle = async () => {
      const places = await layout.settle(pace);
      placed.set(places, done * nComponents);
      done += places.length / nComponents;
      tell(done);
    };
    await this.#search.search(queries, pace, async (row, { indices, distancesAt }) => {
      if (pace.isDue) await pace.check();
      arena.kernels.smoothQuery(distancesAt, indices.length, localConnectivity, this.#weights);
      const weights = arena.floats(this.#weights, indices.length);
      const start = weightedStart(indices, weights, nComponents, (near, axis) => layout.place(near, axis));
      layout.add(start, indices, weights, hashContent(queries.data.subarray(row * columns, (row + 1) * columns)));
      if (layout.isFull) await settle();
    });
    if (layout.count > 0) await settle();
    return placed;
  }
}

export function throwUnlessFinished({ rows }: Matrix, positions: Float32Array, nComponents: number): void {
  if (rows < FEWEST_ROWS)
    throw new ComputeError("input", `The map has ${rows} rows; placing others in it needs ${FEWEST_ROWS}.`);
  if (positions.length !== rows * nComponents)
    throw new ComputeError("input", `positions: expected ${rows} × ${nComponents} numbers, got ${positions.length}.`);
  const bad = positions.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new ComputeError("input", `positions: row ${Math.floor(bad / nComponents)} is ${positions[bad]}.`);
}

/** One number for the numbers of a row, the same for 0 and -0. */
function hashContent(row: Float32Array): number {
  const bits = new Int32Array(row.map((value) => value + 0).buffer);
  let hash = 0;
  for (const each of bits) hash = hash32(hash ^ each);
  return hash;
}

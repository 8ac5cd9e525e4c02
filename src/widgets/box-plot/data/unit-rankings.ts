import { ComputeError, throwIfCancelled } from "../../../compute/errors.ts";
import type { Job, Progress } from "../../../compute/job.ts";
import { countRows, type RowMask } from "../../../compute/selection/row-mask.ts";
import type { UnitTable, UnitTables } from "../../../compute/statistics/one-way/unit-table.ts";
import type { Level, StatisticsOptions } from "../../../compute/statistics/statistics-options.ts";
import type { UnitWorker } from "./unit-worker.ts";

/** How far a ranking's permutation test is, which comes after all else; "none": it is not asked for, or can't be had. */
export type Permuting = "none" | "running" | "stopped" | "done";

interface RankingEvents {
  /** The units are ranked for another selection, or for none any more. */
  onSelectionRanked(): void;
  /** They can't be ranked for the selection: the ranking of the one before is not on show any more either. */
  onSelectionFailed(error: ComputeError): void;
  /** The permutation test of a ranking on show has come, or was stopped. */
  onPermuted(): void;
  /** The one for a selection is further than it was, or at its end. */
  onPermuting(): void;
}

/** How far something is that runs since then, as `performance.now()` tells it. */
interface Running {
  readonly progress: Progress;
  readonly since: number;
}

/** Two rankings of the same units: what tells the classes apart, and what tells the selected rows from the rest. */
export class UnitRankings {
  classes: UnitTables | null = null;
  /** How those were tested, without permutations until these have come. */
  ranked: StatisticsOptions | null = null;
  /** How they were to be tested, and what ranks for a selection goes by. */
  asked: StatisticsOptions | null = null;
  /** null: nothing is selected, or it is not ranked yet. */
  selection: UnitTables | null = null;
  /** The permutation tests of the two. */
  readonly permuting: Record<"classes" | "selection", Permuting> = { classes: "none", selection: "none" };
  /** How far the one for a selection is, which nothing waits for; null: it doesn't run, or is not heard of yet. */
  running: Running | null = null;
  /** Why the units could not be ranked for what is selected. */
  failure: ComputeError | null = null;
  #asking = new AbortController();
  #permuting = new AbortController();
  #pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly events: RankingEvents,
    private readonly lifetime: AbortSignal,
  ) {}

  /**
   * Rank for the classes, without the permutation test: F, p and q are known long before it is.
   *
   * @throws {ComputeError} where the classes can't be compared; "cancelled" where that is given up.
   */
  async rankClasses(worker: UnitWorker, options: StatisticsOptions, job: Job): Promise<void> {
    this.stopPermuting();
    const plain = { ...options, permutations: 0 };
    const tables = await worker.ask("rankUnits", { options: plain, mask: null }, job);
    throwIfCancelled(job.signal);
    this.put(tables, plain);
    this.asked = options;
    this.permuting.classes = this.classes?.slide && options.permutations > 0 ? "running" : "none";
  }

  /**
   * The permutation test of the ranking that is there, where one is asked for.
   *
   * @throws {ComputeError} where it can't be had; "cancelled" where that is given up.
   */
  async permuteClasses(worker: UnitWorker, job: Job): Promise<void> {
    const { classes, permuting } = this;
    const options = this.asked;
    if (!classes || !options || permuting.classes === "none") return;
    permuting.classes = "running";
    const permutationP = await worker.ask("permuteUnits", { options, mask: null }, job);
    throwIfCancelled(job.signal);
    this.put(withPermutations(classes, permutationP), options);
    permuting.classes = "done";
    this.events.onPermuted();
  }

  /** The classes' permutation test is given up: all else that is known of them stays. */
  stopPermuting(): void {
    if (this.permuting.classes !== "running") return;
    this.permuting.classes = "stopped";
    this.events.onPermuted();
  }

  /** The same for a selection. */
  stopPermutingSelection(): void {
    this.#permuting.abort();
  }

  put(classes: UnitTables, ranked: StatisticsOptions): void {
    this.classes = classes;
    this.ranked = ranked;
    this.asked = ranked;
  }

  /** Rank for what is selected, once the classes are ranked; an answer about what was selected before is no longer wanted. */
  rankSelection(worker: UnitWorker, mask: RowMask | null): void {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.failure = null;
    this.#tellRunning(null);
    if (mask && this.asked && countRows(mask) > 0) this.#pending = this.#take(worker, this.asked, mask, asking);
    else if (this.selection) {
      this.selection = null;
      this.events.onSelectionRanked();
    }
  }

  /** Other rows: nothing that is known is of them. */
  clear(): void {
    this.#asking.abort();
    this.classes = null;
    this.ranked = null;
    this.asked = null;
    this.selection = null;
    this.failure = null;
    Object.assign(this.permuting, { classes: "none", selection: "none" });
  }

  whenAtRest(): Promise<void> {
    return this.#pending;
  }

  async #take(worker: UnitWorker, options: StatisticsOptions, mask: RowMask, asking: AbortController): Promise<void> {
    try {
      const signal = AbortSignal.any([asking.signal, this.lifetime]);
      const plain = { ...options, permutations: 0 };
      const tables = await worker.ask("rankUnits", { options: plain, mask }, { signal });
      if (signal.aborted) return;
      this.selection = tables;
      const isPermuted = tables.slide !== null && options.permutations > 0;
      // Who has stopped the test of the classes doesn't wait for this one either.
      const isStopped = this.permuting.classes === "stopped";
      this.permuting.selection = !isPermuted ? "none" : isStopped ? "stopped" : "running";
      this.events.onSelectionRanked();
      if (isPermuted && !isStopped) await this.#permuteSelection(worker, options, mask, signal);
    } catch (thrown) {
      if (asking.signal.aborted || this.lifetime.aborted) return;
      this.selection = null;
      this.failure = ComputeError.from(thrown);
      this.events.onSelectionFailed(this.failure);
    }
  }

  async #permuteSelection(worker: UnitWorker, options: StatisticsOptions, mask: RowMask, given: AbortSignal) {
    const { selection } = this;
    this.#permuting = new AbortController();
    const stopped = this.#permuting.signal;
    const since = performance.now();
    const onProgress = (progress: Progress) => !given.aborted && this.#tellRunning({ progress, since });
    try {
      const job = { signal: AbortSignal.any([given, stopped]), onProgress };
      const permutationP = await worker.ask("permuteUnits", { options, mask }, job);
      if (given.aborted || !selection) return;
      this.selection = withPermutations(selection, permutationP);
      this.permuting.selection = "done";
    } catch (thrown) {
      if (given.aborted || !stopped.aborted) throw thrown;
      this.permuting.selection = "stopped";
    }
    this.#tellRunning(null);
    this.events.onPermuted();
  }

  #tellRunning(running: Running | null): void {
    if (running === this.running) return;
    this.running = running;
    this.events.onPermuting();
  }
}

/** The same ranking, for which units are not ordered anew, with what the permutation test says of them. */
function withPermutations({ tile, slide }: UnitTables, permutationP: UnitTable["permutationP"]): UnitTables {
  return { tile, slide: slide && { ...slide, permutationP } };
}

/** The table of a level; of tiles where slides are unknown. */
export function tableAt({ tile, slide }: UnitTables, level: Level): UnitTable {
  return level === "slide" && slide ? slide : tile;
}

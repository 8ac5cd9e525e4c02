import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import { countRows, type RowMask } from "../../../compute/selection/row-mask.ts";
import type { UnitTable, UnitTables } from "../../../compute/statistics/one-way/unit-table.ts";
import type { Level, StatisticsOptions } from "../../../compute/statistics/statistics-options.ts";
import type { UnitWorker } from "./unit-worker.ts";

interface RankingEvents {
  /** The units are ranked for another selection, or for none any more. */
  onSelectionRanked(): void;
  /** They can't be ranked for the selection: the ranking of the one before is not on show any more either. */
  onSelectionFailed(error: ComputeError): void;
}

/** Two rankings of the same units: what tells the classes apart, and what tells the selected rows from the rest. */
export class UnitRankings {
  classes: UnitTables | null = null;
  /** How those were tested, and what ranks for a selection goes by. */
  ranked: StatisticsOptions | null = null;
  /** null: nothing is selected, or it is not ranked yet. */
  selection: UnitTables | null = null;
  /** Why the units could not be ranked for what is selected. */
  failure: ComputeError | null = null;
  #asking = new AbortController();
  #pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly events: RankingEvents,
    private readonly lifetime: AbortSignal,
  ) {}

  /** @throws {ComputeError} where the classes can't be compared; "cancelled" where that is given up. */
  async rankClasses(worker: UnitWorker, options: StatisticsOptions, job: Job): Promise<void> {
    this.put(await worker.ask("rankUnits", { options, mask: null }, job), options);
  }

  put(classes: UnitTables, ranked: StatisticsOptions): void {
    this.classes = classes;
    this.ranked = ranked;
  }

  /** Rank for what is selected, once the classes are ranked; an answer about what was selected before is no longer wanted. */
  rankSelection(worker: UnitWorker, mask: RowMask | null): void {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.failure = null;
    if (mask && this.ranked && countRows(mask) > 0) this.#pending = this.#take(worker, this.ranked, mask, asking);
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
    this.selection = null;
    this.failure = null;
  }

  whenAtRest(): Promise<void> {
    return this.#pending;
  }

  async #take(worker: UnitWorker, options: StatisticsOptions, mask: RowMask, asking: AbortController): Promise<void> {
    try {
      const signal = AbortSignal.any([asking.signal, this.lifetime]);
      const tables = await worker.ask("rankUnits", { options, mask }, { signal });
      if (signal.aborted) return;
      this.selection = tables;
      this.events.onSelectionRanked();
    } catch (thrown) {
      if (asking.signal.aborted || this.lifetime.aborted) return;
      this.selection = null;
      this.failure = ComputeError.from(thrown);
      this.events.onSelectionFailed(this.failure);
    }
  }
}

/** The table of a level; of tiles where slides are unknown. */
export function tableAt({ tile, slide }: UnitTables, level: Level): UnitTable {
  return level === "slide" && slide ? slide : tile;
}

import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import { countRows, type RowMask } from "../../../compute/selection/row-mask.ts";
import type { UnitTable, UnitTables } from "../../../compute/statistics/one-way/unit-table.ts";
import type { Level, StatisticsOptions } from "../../../compute/statistics/statistics-options.ts";
import type { UnitWorker } from "./unit-worker.ts";

interface RankingEvents {
  /** The units are ranked for another selection, or for none any more. */
  onSelectionRanked(): void;
  onError(error: ComputeError): void;
}

/** Two rankings of the same units: what tells the classes apart, and what tells the selected rows from the rest. */
export class UnitRankings {
  classes: UnitTables | null = null;
  /** null: nothing is selected, or it is not ranked yet. */
  selection: UnitTables | null = null;
  #asking = new AbortController();
  #pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly events: RankingEvents,
    private readonly lifetime: AbortSignal,
  ) {}

  /** @throws {ComputeError} where the classes can't be compared; "cancelled" where that is given up. */
  async rankClasses(worker: UnitWorker, options: StatisticsOptions, job: Job): Promise<void> {
    this.classes = await worker.ask("rankUnits", { options, mask: null }, job);
  }

  /** Rank for what is selected; an answer about what was selected before is no longer wanted. */
  rankSelection(worker: UnitWorker, options: StatisticsOptions, mask: RowMask | null): void {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    if (mask && countRows(mask) > 0) this.#pending = this.#take(worker, options, mask, asking);
    else if (this.selection) {
      this.selection = null;
      this.events.onSelectionRanked();
    }
  }

  /** Other rows: nothing that is known is of them. */
  clear(): void {
    this.#asking.abort();
    this.classes = null;
    this.selection = null;
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
      if (!asking.signal.aborted && !this.lifetime.aborted) this.events.onError(ComputeError.from(thrown));
    }
  }
}

/** The table of a level; of tiles where slides are unknown. */
export function tableAt({ tile, slide }: UnitTables, level: Level): UnitTable {
  return level === "slide" && slide ? slide : tile;
}

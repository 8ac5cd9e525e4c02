import { ComputeError } from "../errors.ts";
import type { Job } from "../job.ts";
import { checkNumber } from "../option-checks.ts";
import type { RowMask } from "../selection/row-mask.ts";
import { checkGroupedRows } from "./check-grouped-rows.ts";
import type { GroupedRows } from "./grouped-rows.ts";
import type { SlideValues, UnitTables } from "./one-way/unit-table.ts";
import { RowStatistics } from "./row-statistics.ts";
import type { StatisticsOptions } from "./statistics-options.ts";
import { readColumn } from "./sums/read-columns.ts";

const MOST_KEPT = 4;
/** All together, but for the last one, which is kept however large it is. */
const MOST_BYTES = 2 ** 30;

/**
 * Units and their rows kept ready under the names that a page gives them. Of more than four, or more than 1 GiB together,
 * those unused for longest go; whoever asks for them gets the error "lost", and keeps them again.
 */
export class KeptUnits {
  readonly #kept = new Map<string, RowStatistics>();

  /** @throws {ComputeError} "input" where lengths or codes don't fit the rows. */
  keep(key: string, rows: GroupedRows): void {
    checkGroupedRows(rows);
    this.#kept.delete(key);
    this.#kept.set(key, new RowStatistics(rows));
    let bytes = [...this.#kept.values()].reduce((sum, { rows }) => sum + rows.values.data.byteLength, 0);
    for (const [oldest, { rows }] of [...this.#kept].slice(0, -1)) {
      if (this.#kept.size <= MOST_KEPT && bytes <= MOST_BYTES) break;
      bytes -= rows.values.data.byteLength;
      this.#kept.delete(oldest);
    }
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }

  /** @throws {ComputeError} "lost" when they are no longer kept. */
  rowsOf(key: string): GroupedRows {
    return this.#statisticsOf(key).rows;
  }

  /** As `RowStatistics.rank`. */
  async rank(key: string, options: StatisticsOptions, mask: RowMask | null, job: Job = {}): Promise<UnitTables> {
    return this.#statisticsOf(key).rank(options, mask, job);
  }

  /** As `RowStatistics.permute`. */
  async permute(
    key: string,
    options: StatisticsOptions,
    mask: RowMask | null,
    job: Job = {},
  ): Promise<Float64Array<ArrayBuffer> | null> {
    return this.#statisticsOf(key).permute(options, mask, job);
  }

  async slideValues(
    key: string,
    options: Pick<StatisticsOptions, "method" | "threshold">,
    job: Job = {},
  ): Promise<SlideValues> {
    return this.#statisticsOf(key).slideValues(options, job);
  }

  /** One unit's values, one a row. */
  unitColumn(key: string, unit: number): Float32Array<ArrayBuffer> {
    const { values } = this.rowsOf(key);
    checkNumber("unit", unit, { integer: true, least: 0, most: values.columns - 1 });
    return readColumn(values, unit);
  }

  #statisticsOf(key: string): RowStatistics {
    const kept = this.#kept.get(key);
    if (!kept) throw new ComputeError("lost", "The units are no longer kept ready.", "Run again.");
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept;
  }
}

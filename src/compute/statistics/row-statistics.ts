import type { Job } from "../job.ts";
import { Pace } from "../runtime/pace.ts";
import type { RowMask } from "../selection/row-mask.ts";
import { checkMask } from "./check-grouped-rows.ts";
import type { GroupedRows } from "./grouped-rows.ts";
import type { GroupMoments } from "./one-way/group-moments.ts";
import { tabulateUnits } from "./one-way/tabulate-units.ts";
import { testRanks } from "./one-way/test-ranks.ts";
import { testUnits } from "./one-way/test-units.ts";
import type { SlideValues, UnitTable, UnitTables } from "./one-way/unit-table.ts";
import { permuteSlides } from "./slides/permute-slides.ts";
import { rankSlides } from "./slides/rank-slides.ts";
import { slideMoments } from "./slides/slide-moments.ts";
import { summarizeSlides } from "./slides/slide-values.ts";
import {
  type StatisticsOptions,
  statisticsDefaults,
  type UnitTest,
  validateStatisticsOptions,
} from "./statistics-options.ts";
import { rankTiles } from "./sums/rank-sums.ts";
import { pairRows, selectionGroups } from "./sums/row-cells.ts";
import { type CellSums, sumCells } from "./sums/sum-cells.ts";
import { tileMoments } from "./sums/tile-moments.ts";

/** Tests of one data set's units; what a pass over its rows has found is kept for the next question. */
export class RowStatistics {
  #groupSums: CellSums | null = null;

  constructor(readonly rows: GroupedRows) {}

  /**
   * Every unit tested at tile level, and at slide level where slides are known.
   *
   * @param mask - These rows against the rest instead of the groups; rows without a group are on neither side. A slide
   * with tiles on both sides is an observation of each (see `summarizeSlides`).
   * @throws {ComputeError} "input" on an option that is none and on a mask of other rows, "cancelled" when the job was.
   */
  async rank(options: StatisticsOptions, mask: RowMask | null, job: Job = {}): Promise<UnitTables> {
    validateStatisticsOptions(options);
    if (mask) checkMask(mask, this.rows);
    const sums = mask ? await this.#sum(mask, job) : await this.#sumGroups(job);
    const tile = await this.#tileTable(sums, options, job);
    const slide = this.rows.slides ? await this.#slideTable(sums, options, job) : null;
    return { tile, slide };
  }

  /** @throws {ComputeError} "input" on an option that is none, "cancelled" when the job was. */
  async slideValues(options: Pick<StatisticsOptions, "method" | "threshold">, job: Job = {}): Promise<SlideValues> {
    validateStatisticsOptions({ ...statisticsDefaults, ...options });
    return summarizeSlides(this.rows.values, await this.#sumGroups(job), options, job);
  }

  async #sumGroups(job: Job): Promise<CellSums> {
    this.#groupSums ??= await this.#sum(null, job);
    return this.#groupSums;
  }

  #sum(mask: RowMask | null, job: Job): Promise<CellSums> {
    const { values, groups, slides } = this.rows;
    return sumCells(values, pairRows(mask ? selectionGroups(this.rows, mask) : groups, slides), job);
  }

  async #tileTable(sums: CellSums, { test }: StatisticsOptions, job: Job): Promise<UnitTable> {
    const { values } = this.rows;
    const moments = tileMoments(values, sums);
    const tested =
      test === "kruskal"
        ? testRanks(await rankTiles(values, sums.cells, moments, job))
        : testUnits({ ...moments, means: moments.distances }, test);
    return tabulateUnits("tile", test, tested, moments, null);
  }

  async #slideTable(sums: CellSums, options: StatisticsOptions, job: Job): Promise<UnitTable> {
    const { test } = options;
    const observed = await summarizeSlides(this.rows.values, sums, options, job);
    const pace = new Pace(job.signal);
    const moments = slideMoments(observed, sums.units, sums.cells.groupCount);
    await pace.check();
    const { tested, compared } = await testSlides(observed, moments, test, job);
    const permutationP = options.permutations > 0 ? await permuteSlides(compared, moments, tested, options, job) : null;
    return tabulateUnits("slide", test, tested, moments, permutationP);
  }
}

/** The test's answers, and what it has compared: the slides' values, or their ranks. */
async function testSlides(observed: SlideValues, moments: GroupMoments, test: UnitTest, job: Job) {
  if (test !== "kruskal") return { tested: testUnits(moments, test), compared: observed };
  const { sums, values } = await rankSlides(observed, moments, job);
  return { tested: testRanks(sums), compared: { ...observed, values } };
}

import type { Job } from "../job.ts";
import { Pace } from "../runtime/pace.ts";
import { type RowMask, sameMask } from "../selection/row-mask.ts";
import { checkMask } from "./check-grouped-rows.ts";
import type { GroupedRows } from "./grouped-rows.ts";
import type { GroupMoments, Tested } from "./one-way/group-moments.ts";
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

/** A test at slide level. */
interface SlideTest {
  readonly options: StatisticsOptions;
  readonly mask: RowMask | null;
  /** The slides' values, or their ranks. */
  readonly compared: SlideValues;
  readonly counted: Pick<GroupMoments, "units" | "sizes">;
  readonly tested: Pick<Tested, "statistic">;
}

/** Tests of one data set's units; what a pass over its rows has found is kept for the next question. */
export class RowStatistics {
  #groupSums: CellSums | null = null;
  /** The last one: its permutation test may be asked for after it. */
  #slideTest: SlideTest | null = null;

  constructor(readonly rows: GroupedRows) {}

  /**
   * Every unit tested at tile level, and at slide level where slides are known.
   *
   * @param mask - These rows against the rest instead of the groups; rows without a group are on neither side. A slide
   * with tiles on both sides is an observation of each (see `summarizeSlides`).
   * @throws {ComputeError} "input" on an option that is none and on a mask of other rows, "cancelled" when the job was.
   */
  async rank(options: StatisticsOptions, mask: RowMask | null, job: Job = {}): Promise<UnitTables> {
    this.#check(options, mask);
    const sums = await this.#sumsOf(mask, job);
    const tile = await this.#tileTable(sums, options, job);
    const slide = this.rows.slides ? await this.#slideTable(sums, options, mask, job) : null;
    return { tile, slide };
  }

  /**
   * The permutation test that `rank` leaves out where it is told to do without: the p of each unit over slides. Null where
   * these are unknown, and where no permutations are asked for.
   *
   * @throws {ComputeError} as `rank` does.
   */
  async permute(
    options: StatisticsOptions,
    mask: RowMask | null,
    job: Job = {},
  ): Promise<Float64Array<ArrayBuffer> | null> {
    this.#check(options, mask);
    if (!this.rows.slides || options.permutations === 0) return null;
    const known = this.#slideTest;
    const isKnown = known && isSameTest(known, options) && sameMask(known.mask, mask);
    const { compared, counted, tested } = isKnown ? known : await this.#testSlides(options, mask, job);
    return permuteSlides(compared, counted, tested, options, job);
  }

  /** @throws {ComputeError} "input" on an option that is none, "cancelled" when the job was. */
  async slideValues(options: Pick<StatisticsOptions, "method" | "threshold">, job: Job = {}): Promise<SlideValues> {
    validateStatisticsOptions({ ...statisticsDefaults, ...options });
    return summarizeSlides(this.rows.values, await this.#sumGroups(job), options, job);
  }

  #check(options: StatisticsOptions, mask: RowMask | null): void {
    validateStatisticsOptions(options);
    if (mask) checkMask(mask, this.rows);
  }

  #sumsOf(mask: RowMask | null, job: Job): Promise<CellSums> {
    return mask ? this.#sum(mask, job) : this.#sumGroups(job);
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

  async #slideTable(sums: CellSums, options: StatisticsOptions, mask: RowMask | null, job: Job): Promise<UnitTable> {
    const { compared, moments, tested } = await this.#testSlides(options, mask, job, sums);
    const permutationP = options.permutations > 0 ? await permuteSlides(compared, moments, tested, options, job) : null;
    return tabulateUnits("slide", options.test, tested, moments, permutationP);
  }

  async #testSlides(options: StatisticsOptions, mask: RowMask | null, job: Job, known?: CellSums) {
    const sums = known ?? (await this.#sumsOf(mask, job));
    const observed = await summarizeSlides(this.rows.values, sums, options, job);
    const pace = new Pace(job.signal);
    const moments = slideMoments(observed, sums.units, sums.cells.groupCount);
    await pace.check();
    const { tested, compared } = await testSlides(observed, moments, options.test, job);
    const counted = { units: moments.units, sizes: moments.sizes.slice() };
    // Copies: what a table is made of is given away with it.
    this.#slideTest = { options, mask, compared, counted, tested: { statistic: tested.statistic.slice() } };
    return { compared, moments, counted, tested };
  }
}

/** Whether two tests of the same rows are of the same values, however often these are rearranged. */
function isSameTest({ options: a }: SlideTest, b: StatisticsOptions): boolean {
  return a.test === b.test && a.method === b.method && a.threshold === b.threshold;
}

/** The test's answers, and what it has compared: the slides' values, or their ranks. */
async function testSlides(observed: SlideValues, moments: GroupMoments, test: UnitTest, job: Job) {
  if (test !== "kruskal") return { tested: testUnits(moments, test), compared: observed };
  const { sums, values } = await rankSlides(observed, moments, job);
  return { tested: testRanks(sums), compared: { ...observed, values } };
}

import { acceptProps } from "../widgets/box-plot/props.ts";
import { BoxPlotSession } from "../widgets/box-plot/session.ts";
import type { Answer } from "../widgets/host/contract.ts";
import { inlineProps } from "../widgets/host/inline-props.ts";
import type { StatsInput } from "./box-plot-element.ts";
import type { UnitStatisticsInput } from "./box-plot-input.ts";
import { type RankedUnit, rankedUnits, type SlideflowStats, slideflowStats, topNodes } from "./unit-answers.ts";
import { answeredFile, answeredFiles } from "./unit-files.ts";
import { withUnitNames } from "./with-unit-names.ts";

/** The statistics of units without a picture: Slideflow's calls, and the ranking. */
export class UnitStatistics {
  readonly #life = new AbortController();
  readonly #session: BoxPlotSession;

  /** @throws {ComputeError} when the input is not acceptable. */
  constructor(input: UnitStatisticsInput) {
    const nothing = () => undefined;
    this.#session = new BoxPlotSession(acceptProps(inlineProps(withUnitNames(input))), {
      signal: this.#life.signal,
      report: nothing,
      keep: nothing,
      download: nothing,
      load: () => Promise.reject(new Error("There is no picture to save.")),
      again: "",
    });
  }

  /** The units, best first. */
  async ranking(): Promise<readonly RankedUnit[]> {
    return rankedUnits(await this.#ask("ranking"));
  }

  /** Slideflow's `stats`: analysis of variance at both levels, and each slide's values. Needs `slides`. */
  async stats({ method = "mean", threshold = 0.5 }: StatsInput = {}): Promise<SlideflowStats> {
    return slideflowStats(await this.#ask("stats", { method, threshold }));
  }

  /** Slideflow's `slide_level_summary.csv`. Needs `slides`. */
  async slideSummary({ method = "mean", threshold = 0.5 }: StatsInput = {}): Promise<File> {
    return answeredFile(await this.#ask("summary", { method, threshold }));
  }

  /**
   * Slideflow's `box_plots`: a PNG picture of each unit at the level of tiles, and of slides where they are known; without
   * units, of the six best of each level's ranking.
   */
  async boxPlots(units: readonly number[] | null = null): Promise<readonly File[]> {
    return answeredFiles(await this.#ask("boxPlots", { units }));
  }

  /** Units by p over slides, smallest first; where p is the same, by F. Needs `slides`. */
  async topNodesBySlide(): Promise<readonly number[]> {
    return topNodes(await this.#ask("ranking"), "slide");
  }

  /** The same over tiles. */
  async topNodesByTile(): Promise<readonly number[]> {
    return topNodes(await this.#ask("ranking"), "tile");
  }

  /** Free what it holds. */
  dispose(): void {
    this.#life.abort();
  }

  async #ask(name: string, options: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    const { commands } = this.#session;
    const command = commands[name];
    if (!command) throw new TypeError(`unknown command: "${name}"`);
    return await command(options, { signal: this.#life.signal });
  }
}

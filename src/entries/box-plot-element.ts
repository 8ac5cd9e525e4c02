import { boxPlotSpec } from "../widgets/box-plot/spec.ts";
import { eraseProps } from "../widgets/host/erase-props.ts";
import { askElement, type ObservableOptions, observable, type WidgetElement } from "../widgets/host/observable.ts";
import type { BoxPlotInput } from "./box-plot-input.ts";
import { type RankedUnit, rankedUnits, type SlideflowStats, slideflowStats, topNodes } from "./unit-answers.ts";
import { answeredFile, answeredFiles } from "./unit-files.ts";
import { withUnitNames } from "./with-unit-names.ts";

/** Members of a map's element that box plots have no use for. */
type MapMembers = "addRows" | "pause" | "step" | "resume" | "transform" | "quality" | "embedding";

/** How the tiles of a slide become one number. */
export interface StatsInput {
  /** Default "mean". */
  readonly method?: "mean" | "median" | "threshold" | undefined;
  /** Default 0.5. */
  readonly threshold?: number | undefined;
}

/** Box plots of units as an element: `view(element)` in Observable, `append(element)` anywhere else. */
export interface BoxPlotElement extends Omit<WidgetElement, MapMembers> {
  /** The units, best first, by the ranking on show: while rows are selected, by what tells them from the rest. */
  ranking(): Promise<readonly RankedUnit[]>;
  /** Slideflow's `stats`: analysis of variance at both levels, and each slide's values. Needs `slides`. */
  stats(input?: StatsInput): Promise<SlideflowStats>;
  /** Slideflow's `slide_level_summary.csv`. Needs `slides`. */
  slideSummary(input?: StatsInput): Promise<File>;
  /**
   * Slideflow's `box_plots`: a PNG picture of each unit at the level of tiles, and of slides where they are known; without
   * units, of the six best of each level's ranking.
   */
  boxPlots(units?: readonly number[]): Promise<readonly File[]>;
  /** Units by the p of the test on show over slides, smallest first; where p is the same, by F. Needs `slides`. */
  topNodesBySlide(): Promise<readonly number[]>;
  /** The same over tiles. */
  topNodesByTile(): Promise<readonly number[]>;
}

/** Serve box plots as an element. */
export function makeBoxPlot(input: BoxPlotInput, options: ObservableOptions): BoxPlotElement {
  const element = observable(eraseProps(boxPlotSpec), withUnitNames(input), options);
  const members = {
    ranking: async () => rankedUnits(await askElement(element, "ranking")),
    stats: async ({ method = "mean", threshold = 0.5 }: StatsInput = {}) =>
      slideflowStats(await askElement(element, "stats", { method, threshold })),
    slideSummary: async ({ method = "mean", threshold = 0.5 }: StatsInput = {}) =>
      answeredFile(await askElement(element, "summary", { method, threshold })),
    boxPlots: async (units: readonly number[] | null = null) =>
      answeredFiles(await askElement(element, "boxPlots", { units })),
    topNodesBySlide: async () => topNodes(await askElement(element, "ranking", { of: "classes" }), "slide"),
    topNodesByTile: async () => topNodes(await askElement(element, "ranking", { of: "classes" }), "tile"),
  };
  const properties = Object.entries(members).map(([name, value]) => [name, { value }] as const);
  return Object.defineProperties(element, Object.fromEntries(properties)) as unknown as BoxPlotElement;
}

import type { StatisticsOptions } from "../../compute/statistics/statistics-options.ts";
import { version } from "../../version.ts";
import { formatCount, formatCounted } from "../theme/numbers.ts";
import type { ReadUnits } from "./data/read-units.ts";
import type { BoxRules } from "./data/unit-panels.ts";
import { type BoxPlotProps, levelOf } from "./props.ts";

export interface CaptionParts {
  readonly props: Pick<BoxPlotProps, "level" | "slides">;
  /** How the ranking on show was computed, */
  readonly ranked: StatisticsOptions;
  /** and the boxes. */
  readonly drawn: BoxRules;
  readonly read: ReadUnits | null;
  /** Panels on show. */
  readonly panels: number;
  readonly selected: number;
  /** What is said of the current, or the best, unit. */
  readonly sentence: string;
}

const tests = {
  anova: "analysis of variance",
  welch: "Welch's analysis of variance",
  kruskal: "Kruskal-Wallis test",
} as const;

/** The sentences that go under a figure and into every file: all that is needed to compute the ranking again. */
export function caption({ props, ranked, drawn, read, panels, selected, sentence }: CaptionParts): string {
  if (!read) return "";
  const { rows, classes, slides } = read;
  const { rows: count, columns } = rows.values;
  const isSlides = levelOf(props) === "slide";
  const patients = slides ? ` from ${formatCounted(slides.names.length, "slide")}` : "";
  // Rows without a class are left out.
  const counted = classes.counts.reduce((sum, size) => sum + size, 0);
  const compared = `${counted < count ? `${formatCount(counted)} of ` : ""}${formatCounted(count, "row")}`;
  const what = `${panels} of ${formatCounted(columns, "unit")}, ${compared} in ${formatCounted(classes.names.length, "class", "classes")}${patients}`;
  const summed = ranked.method === "threshold" ? `share above ${ranked.threshold}` : ranked.method;
  const level = isSlides ? `at slide level (${summed} of each slide)` : "at tile level";
  const { permutations, seed } = ranked;
  const rearranged = permutations > 0 && isSlides ? `, ${formatCount(permutations)} permutations, seed ${seed}` : "";
  const discs = slides && drawn.shape !== "points" ? ", a disc a slide" : "";
  const boxes = `${drawn.boxesOf === "slides" ? "slides" : "tiles"}${discs}`;
  const chosen = selected > 0 ? `; ${formatCount(selected)} selected rows as a box of their own (sel)` : "";
  const how = `${tests[ranked.test]} ${level}${rearranged}, q by Benjamini-Hochberg, layerscope ${version}`;
  return `Box plots of ${what}; boxes of ${boxes}${chosen} (${how}). ${sentence}`.trim();
}

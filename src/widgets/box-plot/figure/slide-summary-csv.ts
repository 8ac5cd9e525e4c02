import type { SlideValues, UnitTable } from "../../../compute/statistics/one-way/unit-table.ts";
import type { SlideMethod } from "../../../compute/statistics/statistics-options.ts";
import { type CsvColumn, toCsv } from "../../export/to-csv.ts";
import { pythonNumber, pythonSingle } from "./python-number.ts";

/** Slideflow's name for the file. */
export const SUMMARY_NAME = "slide_level_summary.csv";

export interface SlideSummary {
  readonly tile: UnitTable;
  readonly slide: UnitTable;
  /** How the tiles of a slide became one number. */
  readonly method: SlideMethod;
  readonly observed: SlideValues;
  /** Names of the slides, in the order of their codes. */
  readonly slides: readonly string[];
  /** Names of the classes, in the order of their codes. */
  readonly classes: readonly string[];
}

/**
 * Slideflow's `slide_level_summary.csv` (`DatasetFeatures.stats`, slideflow 3.0.2): a line a slide with its class and
 * a number a unit, then p and F of both levels. Units stand in the order of their p over slides. A unit without a
 * statistic has F -1 and p 1.
 */
export function slideSummaryCsv({ tile, slide, method, observed, slides, classes }: SlideSummary): string {
  const units = bySlideP(slide);
  const all = slide.p.length;
  // Slideflow's means have the precision of its activations; its shares are quotients in double precision.
  const written = method === "threshold" ? pythonNumber : pythonSingle;
  const observations = Array.from(observed.slides.keys());
  const columns: readonly CsvColumn[] = [
    {
      name: "slide",
      values: [
        ...Array.from(observed.slides, (code) => slides[code] ?? ""),
        ...["Tile statistic", "Tile statistic", "Slide statistic", "Slide statistic"],
      ],
    },
    {
      name: "category",
      values: [
        ...Array.from(observed.groups, (code) => classes[code] ?? ""),
        ...["ANOVA P-value", "ANOVA F-value", "ANOVA P-value", "ANOVA F-value"],
      ],
    },
    ...units.map((unit) => ({
      name: `Feature_${unit}`,
      values: [
        ...observations.map((observation) => written(observed.values[observation * all + unit] ?? Number.NaN)),
        ...statisticsOf(tile, unit),
        ...statisticsOf(slide, unit),
      ],
    })),
  ];
  // Programs read this file: its texts are as Slideflow writes them, also those that a spreadsheet would run.
  return toCsv(columns);
}

/** Where p is the same, units stay in their own order. */
function bySlideP(slide: UnitTable): readonly number[] {
  const p = (unit: number): number => (hasStatistic(slide, unit) ? (slide.p[unit] ?? 1) : 1);
  return Array.from(slide.p.keys()).sort((a, b) => p(a) - p(b));
}

function statisticsOf(table: UnitTable, unit: number): readonly [p: string, f: string] {
  if (!hasStatistic(table, unit)) return ["1", "-1"];
  return [pythonNumber(table.p[unit] ?? Number.NaN), pythonNumber(table.statistic[unit] ?? Number.NaN)];
}

const hasStatistic = ({ statistic }: UnitTable, unit: number): boolean => !Number.isNaN(statistic[unit]);

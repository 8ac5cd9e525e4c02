import type { UnitTable } from "../../../compute/statistics/one-way/unit-table.ts";
import { formatLogP } from "../../theme/numbers.ts";
import type { ReadUnits } from "../data/read-units.ts";
import { unitName } from "../data/unit-name.ts";
import { formatEffect } from "../data/unit-sentence.ts";
import type { BoxScene, GroupLook, PanelWords } from "../plot/plot-options.ts";
import type { BoxPlotProps } from "../props.ts";
import type { BoxPlotSession } from "../session.ts";

/**
 * What the panels of a session show; null while there is nothing.
 *
 * @param colors One a class, CSS.
 */
export function boxScene(session: BoxPlotSession, colors: readonly string[]): BoxScene | null {
  const { panels, props, rows, read, active, drawn } = session;
  if (panels.boxes.length === 0 || !read) return null;
  return {
    groups: groupLooks(read, colors),
    panels: panels.boxes,
    words: panels.boxes.map(({ unit }) => panelWords(unit, active?.table ?? null, read.unitNames)),
    shape: drawn.shape,
    axes: props.axes,
    valueNames: valueNames(drawn),
    mask: drawn.boxesOf === "slides" ? null : rows.selected,
  };
}

/** What the values of boxes are, from the longest name to the shortest. */
export function valueNames({ boxesOf, method }: Pick<BoxPlotProps, "boxesOf" | "method">): readonly string[] {
  return boxesOf === "slides" ? slideValueNames[method] : ["activation"];
}

const slideValueNames = {
  mean: ["average tile activation", "slide mean"],
  median: ["median tile activation", "slide median"],
  threshold: ["share of tiles"],
} as const;

/** The classes as boxes show them. */
export function groupLooks({ classes }: ReadUnits, colors: readonly string[]): readonly GroupLook[] {
  const { names, counts } = classes;
  return names.map((name, group) => ({ name, color: colors[group] ?? "", count: counts[group] ?? 0 }));
}

/** "unit 3", "η² 0.71, q 0.004", by a ranking. */
export function panelWords(unit: number, table: UnitTable | null, names: readonly string[] | null): PanelWords {
  const title = unitName(unit, names);
  if (!table || Number.isNaN(table.statistic[unit])) return { unit, title, subtitle: "" };
  const effect = formatEffect(table.etaSquared[unit] ?? Number.NaN);
  return { unit, title, subtitle: `η² ${effect}, q ${formatLogP(table.logQ[unit] ?? 0)}` };
}

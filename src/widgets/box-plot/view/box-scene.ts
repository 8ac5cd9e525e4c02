import { formatLogP } from "../../theme/numbers.ts";
import { unitName } from "../data/unit-name.ts";
import { formatEffect } from "../data/unit-sentence.ts";
import type { BoxScene, GroupLook, PanelWords } from "../plot/plot-options.ts";
import type { BoxPlotSession } from "../session.ts";

/**
 * What the panels of a session show; null while there is nothing.
 *
 * @param colors One a class, CSS.
 */
export function boxScene(session: BoxPlotSession, colors: readonly string[]): BoxScene | null {
  const { panels, props, rows } = session;
  const groups = groupsOf(session, colors);
  if (panels.boxes.length === 0 || !groups) return null;
  const isSlides = props.boxesOf === "slides";
  return {
    groups,
    panels: panels.boxes,
    words: panels.boxes.map(({ unit }) => panelWords(session, unit)),
    shape: props.shape,
    axes: props.axes,
    valueName: isSlides ? slideValueNames[props.method] : "activation",
    mask: isSlides ? null : rows.selected,
  };
}

const slideValueNames = {
  mean: "average tile activation",
  median: "median tile activation",
  threshold: "share of tiles",
} as const;

function groupsOf({ read }: BoxPlotSession, colors: readonly string[]): readonly GroupLook[] | null {
  if (!read) return null;
  const { names, counts } = read.classes;
  return names.map((name, group) => ({ name, color: colors[group] ?? "", count: counts[group] ?? 0 }));
}

/** "unit 3", "η² 0.71, q 0.004", by the ranking on show. */
function panelWords({ active, read }: BoxPlotSession, unit: number): PanelWords {
  const title = unitName(unit, read?.unitNames ?? null);
  const { table } = active ?? {};
  if (!table || Number.isNaN(table.statistic[unit])) return { unit, title, subtitle: "" };
  const effect = formatEffect(table.etaSquared[unit] ?? Number.NaN);
  return { unit, title, subtitle: `η² ${effect}, q ${formatLogP(table.logQ[unit] ?? 0)}` };
}

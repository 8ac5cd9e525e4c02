import type { UnitGroup } from "../../../compute/statistics/boxes/unit-boxes.ts";
import type { TooltipContent } from "../../chrome/tooltip.ts";
import { formatCounted, formatNumber } from "../../theme/numbers.ts";
import { unitName } from "../data/unit-name.ts";
import { type BoxPlace, SELECTION } from "../plot/plot-options.ts";
import type { BoxPlotSession } from "../session.ts";

/**
 * What the tooltip says of a box: its five numbers, its mean, and of how many values.
 *
 * @param row The point under the pointer, a row or (boxes of slides) a slide; -1: none.
 */
export function boxTooltip(
  session: BoxPlotSession,
  { unit, group }: BoxPlace,
  colors: readonly string[],
  row: number,
): TooltipContent | null {
  const { panels, read, drawn } = session;
  const panel = panels.boxes.find((boxes) => boxes.unit === unit);
  const shown = group === SELECTION ? panel?.selection : panel?.groups[group];
  if (!shown || !read) return null;
  const { box } = shown;
  const isSelection = group === SELECTION;
  const name = isSelection ? "selected" : (read.classes.names[group] ?? "");
  const counted = drawn.boxesOf === "slides" ? "slide" : "row";
  const notes = [
    unitName(unit, read.unitNames),
    formatCounted(box.n, counted),
    ...(box.outlierCount > 0 ? [`${formatCounted(box.outlierCount, "value")} beyond the whiskers`] : []),
    ...pointNote(session, shown, row),
  ];
  const values = [
    { name: "median", text: formatNumber(box.median) },
    { name: "quartiles", text: `${formatNumber(box.q1)} to ${formatNumber(box.q3)}` },
    { name: "range", text: `${formatNumber(box.min)} to ${formatNumber(box.max)}` },
    { name: "mean", text: formatNumber(box.mean) },
  ];
  const content = { name, notes, values: box.n > 0 ? values : [] };
  return isSelection
    ? content
    : { ...content, class: { name, color: colors[group] ?? null }, name: notes[0] ?? name, notes: notes.slice(1) };
}

function pointNote({ read, drawn }: BoxPlotSession, { box, swarm }: UnitGroup, row: number): readonly string[] {
  if (row < 0 || !read) return [];
  const isSlide = drawn.boxesOf === "slides";
  const name = isSlide ? (read.slides?.names[row] ?? "") : read.names?.[row] || `row ${row.toLocaleString("en-US")}`;
  const places = [
    { rows: box.outlierRows, values: box.outliers },
    ...(swarm ? [{ rows: swarm.rows, values: swarm.values }] : []),
  ];
  for (const { rows, values } of places) {
    const value = values[rows.indexOf(row)];
    if (value !== undefined) return [`${name}: ${formatNumber(value)}`];
  }
  return [name];
}

import { formatCount } from "../../theme/numbers.ts";
import { type GroupNames, groupNames, type Measure } from "./group-names.ts";
import { type PanelFrame, PLOT_TOP, TICK_GAP } from "./panel-frame.ts";
import { HEADER, type PanelGrid, panelColumns, panelRows } from "./panel-grid.ts";
import type { BoxScene } from "./plot-options.ts";
import { rangeOf, type ValueAxis, valueAxis } from "./value-axis.ts";

/** Where everything of a scene stands. */
export interface ChartLayout {
  readonly grid: PanelGrid;
  /** Of each panel. */
  readonly frames: readonly PanelFrame[];
}

/** A tick about every so many px. */
const TICK_PITCH = 30;
/** Until the panels' height is known, which the ticks' widths decide with. */
const USUAL_PLOT = 100;
const NARROWEST_AXIS = 20;

/** Lay a scene out on a body of `width` × `height` CSS px. */
export function layOutChart(scene: BoxScene, width: number, height: number, measure: Measure): ChartLayout {
  const { groups, panels, shape } = scene;
  const usual = axesOf(scene, USUAL_PLOT);
  const slots = groups.length + 1;
  const axisWidth = axisWidthOf(usual, measure);
  const columns = panelColumns(width, { panels: panels.length, slots, axisWidth });
  const slot = (columns.panelWidth - axisWidth) / slots;
  const names = namesOf(scene, slot, axisWidth, measure);
  const grid = panelRows(height, panels.length, columns, names.height);
  const top = PLOT_TOP;
  const bottom = Math.round(grid.panelHeight - HEADER - names.height);
  const axes = axesOf(scene, bottom - top);
  // Finer ticks may be wider: theirs is the room that counts.
  const left = Math.max(axisWidth, axisWidthOf(axes, measure));
  const frames = axes.map((axis) => ({
    width: grid.panelWidth,
    height: grid.panelHeight - HEADER,
    left,
    top,
    bottom,
    slot: (grid.panelWidth - left) / slots,
    axis,
    names,
    shape,
  }));
  return { grid, frames };
}

function namesOf({ groups, panels }: BoxScene, slot: number, left: number, measure: Measure): GroupNames {
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const widest = (count: number, place: number): string =>
    formatCount(Math.max(count, ...panels.map((panel) => panel.groups[place]?.box.n ?? 0)));
  const texts = groups.map(({ name, count }, place) => ({ name, count: widest(count, place) }));
  return groupNames([...texts, { name: "sel", count: formatCount(all) }], slot, left, measure);
}

/** The selection's values may lie beyond all others where slides are summed up: an axis holds them too. */
function axesOf({ panels, axes }: BoxScene, plotHeight: number): readonly ValueAxis[] {
  const ranges = panels.map(({ range, selection }) =>
    selection && selection.box.n > 0 ? rangeOf([range, [selection.box.min, selection.box.max]]) : range,
  );
  const wanted = Math.max(2, Math.round(plotHeight / TICK_PITCH));
  if (axes === "free") return ranges.map((range) => valueAxis(range, wanted));
  const shared = valueAxis(rangeOf(ranges), wanted);
  return panels.map(() => shared);
}

function axisWidthOf(axes: readonly ValueAxis[], measure: Measure): number {
  const labels = axes.flatMap(({ ticks }) => ticks.map(({ label }) => measure(label)));
  return Math.ceil(Math.max(NARROWEST_AXIS, ...labels)) + TICK_GAP;
}

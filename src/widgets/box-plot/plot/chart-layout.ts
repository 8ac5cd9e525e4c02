import { formatCount } from "../../theme/numbers.ts";
import { type GroupNames, groupNames, type Measure, type NameRoom } from "./group-names.ts";
import { type PanelFrame, PLOT_TOP, TICK_GAP } from "./panel-frame.ts";
import { type PanelGrid, panelColumns, panelRows, SCROLL_BAR } from "./panel-grid.ts";
import type { BoxScene } from "./plot-options.ts";
import { rangeOf, type ValueAxis, valueAxis } from "./value-axis.ts";

/** Where everything of a scene stands. */
export interface ChartLayout {
  readonly grid: PanelGrid;
  /** Of each panel. */
  readonly frames: readonly PanelFrame[];
}

/** A tick about every so many px, but few however tall a panel is. */
const TICK_PITCH = 30;
const FEWEST_TICKS = 3;
const MOST_TICKS = 6;
/** Until the panels' height is known, which the ticks' widths decide with. */
const USUAL_PLOT = 100;
const NARROWEST_AXIS = 20;

/** Lay a scene out on a body of `width` × `height` CSS px. */
export function layOutChart(scene: BoxScene, width: number, height: number, measure: Measure): ChartLayout {
  const whole = layOut(scene, width, height, measure);
  return whole.grid.height <= height ? whole : layOut(scene, width - SCROLL_BAR, height, measure);
}

function layOut(scene: BoxScene, width: number, height: number, measure: Measure): ChartLayout {
  const { groups, panels, shape } = scene;
  const slots = groups.length + 1;
  const axisWidth = axisWidthOf(axesOf(scene, USUAL_PLOT), measure);
  const columns = panelColumns(width, { panels: panels.length, slots, axisWidth });
  const names = namesOf(scene, { slot: (columns.panelWidth - axisWidth) / slots, left: axisWidth }, measure);
  const grid = panelRows(height, panels.length, columns, names.height);
  const drawn = grid.panelHeight - grid.header;
  const bottom = drawn - names.height;
  const axes = axesOf(scene, bottom - PLOT_TOP);
  // Finer ticks may be wider: theirs is the room that counts.
  const left = Math.max(axisWidth, axisWidthOf(axes, measure));
  const frames = axes.map((axis) => ({
    header: grid.header,
    width: grid.panelWidth,
    height: drawn,
    left,
    top: PLOT_TOP,
    bottom,
    slot: (grid.panelWidth - left) / slots,
    axis,
    names,
    shape,
  }));
  return { grid, frames };
}

function namesOf({ groups, panels }: BoxScene, room: NameRoom, measure: Measure): GroupNames {
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const widest = (count: number, place: number): string =>
    formatCount(Math.max(count, ...panels.map((panel) => panel.groups[place]?.box.n ?? 0)));
  const texts = groups.map(({ name, count }, place) => ({ name, count: widest(count, place) }));
  return groupNames([...texts, { name: "sel", count: formatCount(all) }], room, measure);
}

/** The selection's values may lie beyond all others where slides are summed up: an axis holds them too. */
function axesOf({ panels, axes }: BoxScene, plotHeight: number): readonly ValueAxis[] {
  const ranges = panels.map(({ range, selection }) =>
    selection && selection.box.n > 0 ? rangeOf([range, [selection.box.min, selection.box.max]]) : range,
  );
  const wanted = Math.min(MOST_TICKS, Math.max(FEWEST_TICKS, Math.round(plotHeight / TICK_PITCH)));
  if (axes === "free") return ranges.map((range) => valueAxis(range, wanted));
  const shared = valueAxis(rangeOf(ranges), wanted);
  return panels.map(() => shared);
}

function axisWidthOf(axes: readonly ValueAxis[], measure: Measure): number {
  const labels = axes.flatMap(({ ticks }) => ticks.map(({ label }) => measure(label)));
  return Math.ceil(Math.max(NARROWEST_AXIS, ...labels)) + TICK_GAP;
}

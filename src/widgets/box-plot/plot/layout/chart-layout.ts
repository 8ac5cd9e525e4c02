import { formatCount } from "../../../theme/numbers.ts";
import { type BoxScene, SELECTION_NAME } from "../plot-options.ts";
import { type GroupText, groupNames, type Measure } from "./group-names.ts";
import { type PanelFrame, PLOT_TOP, TICK_GAP } from "./panel-frame.ts";
import { type PanelGrid, panelColumns, panelRows, SCROLL_BAR } from "./panel-grid.ts";
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
  const whole = layOutSheet(scene, { width, height, hasSelection: true }, measure);
  if (whole.grid.height <= height) return whole;
  return layOutSheet(scene, { width: width - SCROLL_BAR, height, hasSelection: true }, measure);
}

/** What a scene is laid out on, CSS px. */
export interface Sheet {
  readonly width: number;
  /** Rows that would be too low to be read are higher. */
  readonly height: number;
  /** Whether each panel has room for the selection's box, which then comes and goes without a jump. */
  readonly hasSelection: boolean;
}

/** Lay a scene out on a sheet that may be higher than what shows it. */
export function layOutSheet(scene: BoxScene, sheet: Sheet, measure: Measure): ChartLayout {
  return layOut(scene, sheet, axisWidthOf(axesOf(scene, USUAL_PLOT), measure), measure);
}

function layOut(scene: BoxScene, sheet: Sheet, axisWidth: number, measure: Measure): ChartLayout {
  const { width, height, hasSelection } = sheet;
  const { panels, shape } = scene;
  const texts = groupTexts(scene, hasSelection);
  const slots = texts.length;
  const columns = panelColumns(width, { panels: panels.length, slots, axisWidth });
  const names = groupNames(texts, { slot: (columns.panelWidth - axisWidth) / slots, left: axisWidth }, measure);
  const grid = panelRows(height, panels.length, columns, names.height);
  const drawn = grid.panelHeight - grid.header;
  const bottom = drawn - names.height;
  const axes = axesOf(scene, bottom - PLOT_TOP);
  // Finer ticks may be wider than was thought, which leaves less room for all else.
  const wider = axisWidthOf(axes, measure);
  if (wider > axisWidth) return layOut(scene, sheet, wider, measure);
  const frames = axes.map((axis) => ({
    header: grid.header,
    width: grid.panelWidth,
    height: drawn,
    left: axisWidth,
    top: PLOT_TOP,
    bottom,
    slot: (grid.panelWidth - axisWidth) / slots,
    axis,
    names,
    shape,
  }));
  return { grid, frames };
}

function groupTexts({ groups, panels }: BoxScene, hasSelection: boolean): readonly GroupText[] {
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const widest = (count: number, place: number): string =>
    formatCount(Math.max(count, ...panels.map((panel) => panel.groups[place]?.box.n ?? 0)));
  const texts = groups.map(({ name, count }, place) => ({ name, count: widest(count, place) }));
  return hasSelection ? [...texts, { name: SELECTION_NAME, count: formatCount(all) }] : texts;
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

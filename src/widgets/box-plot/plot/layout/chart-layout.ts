import { formatCount } from "../../../theme/numbers.ts";
import { hasValues, panelSubtitle } from "../panel-label.ts";
import { type BoxScene, SELECTION_NAME } from "../plot-options.ts";
import { type GroupNames, type GroupText, groupNames, leftOfGroups, type Measure } from "./group-names.ts";
import { type PanelFrame, PLOT_TOP, TICK_GAP } from "./panel-frame.ts";
import { columnChoices, GAP, misfit, type PanelColumns, type PanelGrid, panelRows, SCROLL_BAR } from "./panel-grid.ts";
import { noAxis, rangeOf, type ValueAxis, valueAxis } from "./value-axis.ts";
import { type ValueWords, valueWords } from "./value-words.ts";

/** Where everything of a scene stands. */
export interface ChartLayout {
  readonly grid: PanelGrid;
  /** Of each panel. */
  readonly frames: readonly PanelFrame[];
  /** At the left of each row of panels. */
  readonly values: ValueWords;
}

/** A panel's height by its width where there is space: a little wider than high. */
export const RATIO = 0.85;
/** A tick about every so many px, but few however tall a panel is. */
const TICK_PITCH = 30;
const FEWEST_TICKS = 3;
const MOST_TICKS = 6;
/** Until the panels' height is known, which the ticks' widths decide with. */
const USUAL_PLOT = 100;
const NARROWEST_AXIS = 20;
/** Between a title and a subtitle beside it, and the least that a title takes. */
export const BESIDE_TITLE = 8;
const NARROWEST_TITLE = 48;

/** Lay a scene out on a body of `width` × `height` CSS px. */
export function layOutChart(scene: BoxScene, width: number, height: number, measure: Measure): ChartLayout {
  const sheet = { width, height, ratio: RATIO, keepsHeights: true } as const;
  const whole = layOutSheet(scene, sheet, measure);
  if (whole.grid.height <= height) return whole;
  return layOutSheet(scene, { ...sheet, width: width - SCROLL_BAR }, measure);
}

/** What a scene is laid out on, CSS px. */
export interface Sheet {
  readonly width: number;
  /** Rows that would be too low to be read are higher; null: the sheet is as high as panels of that ratio are. */
  readonly height: number | null;
  /** A panel's height by its width, as wanted. */
  readonly ratio: number;
  /** Whether all stands as high with the selection's box as without it: it comes and goes, and no other box is stretched. */
  readonly keepsHeights: boolean;
}

/** Lay a scene out on a sheet that may be higher than what shows it. */
export function layOutSheet(scene: BoxScene, sheet: Sheet, measure: Measure): ChartLayout {
  return layOut(scene, sheet, axisWidthOf(axesOf(scene, USUAL_PLOT), measure), measure);
}

function layOut(scene: BoxScene, sheet: Sheet, axisWidth: number, measure: Measure): ChartLayout {
  const { shape, valueNames } = scene;
  const { grid, names, left, slot, room, namesHeight } = placePanels(scene, sheet, axisWidth, measure);
  const drawn = grid.panelHeight - grid.header;
  const bottom = drawn - namesHeight;
  const axes = axesOf(scene, bottom - PLOT_TOP);
  // Finer ticks may be wider than was thought, which leaves less room for all else.
  const wider = axisWidthOf(axes, measure);
  if (wider > axisWidth) return layOut(scene, sheet, wider, measure);
  const { header, panelWidth: width } = grid;
  const frames = axes.map((axis) => ({
    header,
    width,
    height: drawn,
    left,
    top: PLOT_TOP,
    bottom,
    slot,
    room,
    axis,
    names,
    shape,
  }));
  return { grid, frames, values: valueWords(valueNames, { header, bottom }, measure) };
}

/** A grid with what stands in each of its panels. */
interface PlacedPanels {
  readonly grid: PanelGrid;
  readonly names: GroupNames;
  readonly namesHeight: number;
  /** Where the groups' places begin, and how wide each is. */
  readonly left: number;
  readonly slot: number;
  /** What marks may take of it. */
  readonly room: number;
}

/** As many side by side as makes panels of about the usual ratio of the space; as many as can be where they scroll. */
function placePanels(scene: BoxScene, sheet: Sheet, axisWidth: number, measure: Measure): PlacedPanels {
  const { panels } = scene;
  const { width, height, ratio, keepsHeights } = sheet;
  const isSelected = panels.some(({ selection }) => selection !== null);
  const texts = groupTexts(scene, isSelected);
  const widest = isSelected || !keepsHeights ? texts : groupTexts(scene, true);
  const titles = titleWidths(scene, measure);
  const place = (columns: PanelColumns): PlacedPanels => {
    const { panelWidth, rows } = columns;
    const lefts = [texts, widest].map((those) => leftOfGroups(those, { width: panelWidth, left: axisWidth }, measure));
    const left = Math.max(...lefts);
    const namesOf = (those: readonly GroupText[]) =>
      groupNames(those, { slot: (panelWidth - left) / those.length, left }, measure);
    const names = namesOf(texts);
    const namesHeight = Math.max(names.height, namesOf(widest).height);
    const parts = { namesHeight, isLong: titles.some((title) => title > panelWidth) };
    const usual = panelRows(panelWidth * ratio, { ...columns, rows: 1 }, parts).panelHeight;
    const grid = panelRows(height ?? rows * usual + (rows - 1) * GAP, columns, parts);
    const [slot = 0, room = 0] = [texts, widest].map(({ length }) => (panelWidth - left) / length);
    return { grid, names, namesHeight, left, slot, room };
  };
  const choices = columnChoices(width, { panels: panels.length, slots: widest.length, axisWidth }).map(place);
  const far = ({ grid }: PlacedPanels): number => (height === null ? 0 : misfit(grid, height, panels.length, ratio));
  return choices.reduce((best, next) => (far(next) < far(best) ? next : best));
}

function groupTexts({ groups, panels }: BoxScene, hasSelection: boolean): readonly GroupText[] {
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const widest = (count: number, place: number): string =>
    formatCount(Math.max(count, ...panels.map((panel) => panel.groups[place]?.box.n ?? 0)));
  const texts = groups.map(({ name, count }, place) => ({ name, count: widest(count, place) }));
  return hasSelection ? [...texts, { name: SELECTION_NAME, count: formatCount(all) }] : texts;
}

/** Of each panel's title with its subtitle beside it. */
function titleWidths({ panels, words }: BoxScene, measure: Measure): readonly number[] {
  return panels.map((boxes, place) => {
    const word = words[place];
    if (!word) return 0;
    const title = Math.max(NARROWEST_TITLE, measure(word.title, "title"));
    return title + BESIDE_TITLE + measure(panelSubtitle(word, boxes));
  });
}

/** The selection's values may lie beyond all others where slides are summed up: an axis holds them too. */
function axesOf({ panels, axes }: BoxScene, plotHeight: number): readonly ValueAxis[] {
  const ranges = panels.map((boxes) => {
    const { range, selection } = boxes;
    if (!hasValues(boxes)) return null;
    return selection && selection.box.n > 0 ? rangeOf([range, [selection.box.min, selection.box.max]]) : range;
  });
  const wanted = Math.min(MOST_TICKS, Math.max(FEWEST_TICKS, Math.round(plotHeight / TICK_PITCH)));
  const known = ranges.filter((range) => range !== null);
  const shared = axes === "shared" && known.length > 0 ? valueAxis(rangeOf(known), wanted) : null;
  return ranges.map((range) => (range ? (shared ?? valueAxis(range, wanted)) : noAxis));
}

function axisWidthOf(axes: readonly ValueAxis[], measure: Measure): number {
  const labels = axes.flatMap(({ ticks }) => ticks.map(({ label }) => measure(label)));
  return Math.ceil(Math.max(NARROWEST_AXIS, ...labels)) + TICK_GAP;
}

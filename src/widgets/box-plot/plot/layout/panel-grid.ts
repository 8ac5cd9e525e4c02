/** Where panels stand, CSS px. */
export interface PanelGrid {
  readonly columns: number;
  readonly rows: number;
  readonly panelWidth: number;
  readonly panelHeight: number;
  /** Of a panel's title. */
  readonly header: number;
  /** Whether the subtitle stands below the title, not beside it. */
  readonly isRoomy: boolean;
  /** Of all rows; more than the body's: they scroll. */
  readonly height: number;
}

/** Kept for the scroll bar where rows scroll. */
export const SCROLL_BAR = 12;
/** Left of each row of panels, for the name of the values. */
export const GUTTER = 20;
export const GAP = 12;
const HEADER = 18;
const TALL_HEADER = 34;

/** Two stand side by side on the 420 px that a notebook's usual body has, scroll bar or not. */
const WIDTH = 186;
const NARROW_WIDTH = 140;
/** Below this neither a box nor its name can be told. */
const LEAST_SLOT = 20;
/** On a narrow body panels stand closer, but not so close that three letters and a count have no room. */
const NARROW_SLOT = 26;
const LEAST_PLOT = 72;
/** A plot this tall can spare a line for the subtitle. */
const TALL_PLOT = 100;
/** Taller than wide, a panel's boxes are lines. */
const TALLEST = 1.1;

/** How many panels stand side by side, and how wide each is: 186 px or more; less where two of them would not fit. */
export function panelColumns(
  width: number,
  { panels, slots, axisWidth }: { readonly panels: number; readonly slots: number; readonly axisWidth: number },
): Pick<PanelGrid, "columns" | "panelWidth"> {
  const isNarrow = width < GUTTER + 2 * WIDTH + GAP;
  const least = isNarrow
    ? Math.max(NARROW_WIDTH, axisWidth + slots * NARROW_SLOT)
    : Math.max(WIDTH, axisWidth + slots * LEAST_SLOT);
  const room = width - GUTTER;
  const most = Math.max(1, Math.min(panels, Math.floor((room + GAP) / (least + GAP))));
  // No more than the rows need: six are two rows of three, not of four and two.
  const columns = Math.max(1, Math.ceil(panels / Math.max(1, Math.ceil(panels / most))));
  return { columns, panelWidth: Math.floor((room - (columns - 1) * GAP) / columns) };
}

/** Rows as tall as lets all of them be seen, where their plots stay readable; else they scroll. */
export function panelRows(
  height: number,
  panels: number,
  { columns, panelWidth }: Pick<PanelGrid, "columns" | "panelWidth">,
  namesHeight: number,
): PanelGrid {
  const rows = Math.max(1, Math.ceil(panels / columns));
  const least = HEADER + LEAST_PLOT + namesHeight;
  const fitting = Math.floor((height - (rows - 1) * GAP) / rows);
  const tallest = Math.max(least, panelWidth * TALLEST);
  const panelHeight = Math.floor(Math.min(tallest, Math.max(least, fitting)));
  const isRoomy = panelHeight >= TALL_HEADER + TALL_PLOT + namesHeight;
  return {
    columns,
    rows,
    panelWidth,
    panelHeight,
    header: isRoomy ? TALL_HEADER : HEADER,
    isRoomy,
    height: rows * panelHeight + (rows - 1) * GAP,
  };
}

/** The upper left corner of a panel. */
export function panelCorner(
  { columns, panelWidth, panelHeight }: PanelGrid,
  index: number,
): { readonly x: number; readonly y: number } {
  const [column, row] = [index % columns, Math.floor(index / columns)];
  return { x: GUTTER + column * (panelWidth + GAP), y: row * (panelHeight + GAP) };
}

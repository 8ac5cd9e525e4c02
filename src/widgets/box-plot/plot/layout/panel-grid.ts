/** How many panels stand side by side, and how wide each is. */
export interface PanelColumns {
  readonly columns: number;
  readonly rows: number;
  /** CSS px. */
  readonly panelWidth: number;
}

/** Where panels stand, CSS px. */
export interface PanelGrid extends PanelColumns {
  readonly panelHeight: number;
  /** Of a panel's title. */
  readonly header: number;
  /** Whether the subtitle stands below the title, not beside it. */
  readonly isRoomy: boolean;
  /** Of all rows; more than the body's: they scroll. */
  readonly height: number;
}

/** What a panel's height is made of besides its boxes. */
export interface PanelParts {
  /** Of the names below the boxes, CSS px. */
  readonly namesHeight: number;
  /** Whether a title and its subtitle are too long to stand side by side. */
  readonly isLong: boolean;
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
/** Much taller than wide, a panel's boxes are lines. */
const TALLEST = 1.6;

/** All ways to stand in rows that are filled evenly, the most panels side by side first: 186 px each or more; less where two of them would not fit. */
export function columnChoices(
  width: number,
  { panels, slots, axisWidth }: { readonly panels: number; readonly slots: number; readonly axisWidth: number },
): readonly PanelColumns[] {
  const isNarrow = width < GUTTER + 2 * WIDTH + GAP;
  const least = isNarrow
    ? Math.max(NARROW_WIDTH, axisWidth + slots * NARROW_SLOT)
    : Math.max(WIDTH, axisWidth + slots * LEAST_SLOT);
  const room = width - GUTTER;
  const most = Math.max(1, Math.min(panels, Math.floor((room + GAP) / (least + GAP))));
  const fewestRows = Math.max(1, Math.ceil(panels / most));
  // No more columns than the rows need: six are two rows of three, not of four and two.
  const counts = Array.from({ length: Math.max(1, panels - fewestRows + 1) }, (_, more) =>
    Math.max(1, Math.ceil(panels / (fewestRows + more))),
  );
  return [...new Set(counts)].map((columns) => ({
    columns,
    rows: Math.max(1, Math.ceil(panels / columns)),
    panelWidth: Math.floor((room - (columns - 1) * GAP) / columns),
  }));
}

/** Rows as tall as lets all of them be seen, where their plots stay readable; else they scroll, and none is cut before that. */
export function panelRows(height: number, columns: PanelColumns, { namesHeight, isLong }: PanelParts): PanelGrid {
  const { rows, panelWidth } = columns;
  const least = (isLong ? TALL_HEADER : HEADER) + LEAST_PLOT + namesHeight;
  const seen = Math.max(1, Math.min(rows, Math.floor((height + GAP) / (least + GAP))));
  const fitting = Math.floor((height - (seen - 1) * GAP) / seen);
  const tallest = Math.max(least, panelWidth * TALLEST);
  const panelHeight = Math.floor(Math.min(tallest, Math.max(least, fitting)));
  const isRoomy = isLong || panelHeight >= TALL_HEADER + TALL_PLOT + namesHeight;
  return {
    ...columns,
    panelHeight,
    header: isRoomy ? TALL_HEADER : HEADER,
    isRoomy,
    height: rows * panelHeight + (rows - 1) * GAP,
  };
}

/**
 * How far a grid is from the best one, 0: all panels are seen at once, of the proportions wanted, and no place is left
 * empty. A grid that scrolls is infinitely far.
 *
 * @param ratio A panel's height by its width, as wanted.
 */
export function misfit(grid: PanelGrid, height: number, panels: number, ratio: number): number {
  if (grid.height > height) return Number.POSITIVE_INFINITY;
  const shape = Math.abs(Math.log(grid.panelHeight / grid.panelWidth / ratio));
  return shape + Math.log((grid.columns * grid.rows) / Math.max(1, panels));
}

/** The upper left corner of a panel. */
export function panelCorner(
  { columns, panelWidth, panelHeight }: PanelGrid,
  index: number,
): { readonly x: number; readonly y: number } {
  const [column, row] = [index % columns, Math.floor(index / columns)];
  return { x: GUTTER + column * (panelWidth + GAP), y: row * (panelHeight + GAP) };
}

import { formatCount, formatNumber } from "../theme/numbers.ts";
import type { Tokens } from "../theme/tokens.ts";
import { type FigureItem, type FigurePixels, figureText } from "./figure.ts";
import { cutText, textWidth } from "./text-width.ts";

/** Where a legend stands in a figure: millimetres; `tokens` are those of the figure's page. */
export interface LegendPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly tokens: Tokens;
}

export interface LegendDrawing {
  readonly items: readonly FigureItem[];
  /** Millimetres that it takes from `place.y` down. */
  readonly height: number;
}

export interface FigureClass {
  readonly name: string;
  /** null: rows without a label. */
  readonly color: string | null;
  readonly total: number;
}

/** Millimetres. */
const LINE = 3.4;
const RADIUS = 0.65;
const TEXT_LEFT = 2.2;
const BAR_WIDTH = 2.5;
const BAR_HEIGHT = 25;
/** From a line's middle to the baseline of 7 pt text. */
const BASELINE = 0.88;

/**
 * Classes with their n under a heading; `selected`, the number of selected rows, adds a line "selected (214)". Names
 * too long for the place are cut with an ellipsis.
 */
export function categoryLegendItems(
  heading: string,
  classes: readonly FigureClass[],
  selected: number | null,
  place: LegendPlace,
): LegendDrawing {
  const { x, width, tokens } = place;
  const items: FigureItem[] = [];
  let middle = place.y + LINE / 2;
  const right = x + width;
  if (heading) {
    items.push(figureText(cutText(heading, width - 3, 7, 600), x, middle + BASELINE, tokens.text, { weight: 600 }));
    items.push(figureText("n", right, middle + BASELINE, tokens.textSecond, { anchor: "end" }));
    middle += LINE;
  }
  for (const { name, color, total } of classes) {
    const n = formatCount(total);
    const room = width - TEXT_LEFT - textWidth(n) - 1;
    items.push(
      color === null
        ? { kind: "ring", x: x + RADIUS, y: middle, radius: RADIUS - 0.09, stroke: tokens.edge, lineWidth: 0.5 }
        : { kind: "circle", x: x + RADIUS, y: middle, radius: RADIUS, fill: color },
      figureText(cutText(name, room), x + TEXT_LEFT, middle + BASELINE, tokens.text),
      figureText(n, right, middle + BASELINE, tokens.textSecond, { anchor: "end" }),
    );
    middle += LINE;
  }
  if (selected !== null) {
    const line = selectedItems(selected, middle, place);
    items.push(...line);
    middle += LINE * 2;
  }
  return { items, height: middle - LINE / 2 - place.y };
}

export interface FigureScale {
  readonly low: number;
  readonly high: number;
  /** 256 colours from low to high, red, green and blue after one another. */
  readonly table: Uint8Array;
  /** Rows clipped to the end colours. */
  readonly clipped?: { readonly below: number; readonly above: number };
  /** Rows that have a value. */
  readonly total: number;
}

/** A colour bar with its ends, n and, where rows are selected, "selected (214)". */
export function numberLegendItems(
  heading: string,
  { low, high, table, clipped, total }: FigureScale,
  selected: number | null,
  place: LegendPlace,
): LegendDrawing {
  const { x, width, tokens } = place;
  const items: FigureItem[] = [];
  let middle = place.y + LINE / 2;
  if (heading) {
    items.push(figureText(cutText(heading, width, 7, 600), x, middle + BASELINE, tokens.text, { weight: 600 }));
    middle += LINE;
  }
  const top = middle - LINE / 2 + 0.4;
  const labelLeft = x + BAR_WIDTH + 1;
  items.push(
    { kind: "image", x, y: top, width: BAR_WIDTH, height: BAR_HEIGHT, pixels: barPixels(table) },
    figureText(`${clipped?.above ? "≥ " : ""}${formatNumber(high)}`, labelLeft, top + BASELINE * 2, tokens.text),
    figureText(`${clipped?.below ? "≤ " : ""}${formatNumber(low)}`, labelLeft, top + BAR_HEIGHT, tokens.text),
  );
  middle = top + BAR_HEIGHT + LINE;
  items.push(figureText(`n = ${formatCount(total)}`, x, middle + BASELINE, tokens.textSecond));
  middle += LINE;
  if (selected !== null) {
    items.push(...selectedItems(selected, middle, place));
    middle += LINE * 2;
  }
  return { items, height: middle - LINE / 2 - place.y };
}

/** What colour and grey mean while rows are selected. */
function selectedItems(selected: number, middle: number, { x, tokens }: LegendPlace): FigureItem[] {
  return [
    figureText(`selected (${formatCount(selected)})`, x + TEXT_LEFT, middle + BASELINE, tokens.text),
    figureText("not selected", x + TEXT_LEFT, middle + LINE + BASELINE, tokens.text),
    { kind: "circle", x: x + RADIUS, y: middle + LINE, radius: RADIUS, fill: tokens.notSelected },
  ];
}

/** One pixel wide, the high end at the top. */
function barPixels(table: Uint8Array): FigurePixels {
  const steps = table.length / 3;
  const data = new Uint8ClampedArray(steps * 4);
  for (let step = 0; step < steps; step++) {
    const from = (steps - 1 - step) * 3;
    data.set([table[from] ?? 0, table[from + 1] ?? 0, table[from + 2] ?? 0, 255], step * 4);
  }
  return { data, width: 1, height: steps };
}

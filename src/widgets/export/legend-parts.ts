import { scaleStops } from "../theme/color-scales.ts";
import { type FigureItem, figureText } from "./figure.ts";
import { placeItems } from "./place-items.ts";
import { textWidth } from "./text-width.ts";

/** Millimetres. */
const LINE = 4;
const GAP = 1;
const APART = 6;
/** Of what stands beside words. */
export const MARK_HEIGHT = 2;
const STEPS = 32;

/** Items of one line, the first at 0, and how far they reach; millimetres. */
export interface LegendPart {
  readonly items: readonly FigureItem[];
  readonly width: number;
}

/** Words in a legend's line, after what they explain, which reaches so far. */
export function wordsPart(text: string, fill: string, mark: readonly FigureItem[] = [], reach = 0): LegendPart {
  const left = mark.length > 0 ? reach + GAP : 0;
  return { items: [...mark, figureText(text, left, MARK_HEIGHT, fill)], width: left + textWidth(text) };
}

/** What the ends of a colour scale stand for, and its colours between them. */
export interface ScaleEnds {
  readonly low: string;
  readonly high: string;
  /** 256 colours, red, green and blue after one another. */
  readonly colors: Uint8Array;
  /** Of the colours. */
  readonly width: number;
  /** Of the words. */
  readonly fill: string;
}

/** A colour scale that lies in a line between the words for its ends. */
export function scalePart({ low, high, colors, width, fill }: ScaleEnds): LegendPart {
  const left = textWidth(low) + GAP;
  const step = width / STEPS;
  // Each a little wider than its share, so that no viewer shows seams between them.
  const steps = scaleStops(colors, STEPS).map((color, at): FigureItem => {
    const across = at < STEPS - 1 ? step * 1.5 : step;
    return { kind: "rect", x: left + at * step, y: 0, width: across, height: MARK_HEIGHT, fill: color };
  });
  const right = left + width + GAP;
  return {
    items: [figureText(low, 0, MARK_HEIGHT, fill), ...steps, figureText(high, right, MARK_HEIGHT, fill)],
    width: right + textWidth(high),
  };
}

/** Parts after one another, in as many lines as it takes; millimetres. */
export function legendLines(
  parts: readonly LegendPart[],
  width: number,
): { readonly items: readonly FigureItem[]; readonly height: number } {
  const items: FigureItem[] = [];
  let [x, y] = [0, 0];
  for (const part of parts) {
    if (x > 0 && x + part.width > width) [x, y] = [0, y + LINE];
    items.push(...placeItems(part.items, { x, y, scale: 1 }));
    x += part.width + APART;
  }
  return { items, height: y + LINE };
}

import type { Normalize } from "../../../compute/feature-maps/stretch.ts";
import { type FigureItem, figureText } from "../../export/figure.ts";
import { placeItems } from "../../export/place-items.ts";
import { textWidth } from "../../export/text-width.ts";
import { scaleStops } from "../../theme/color-scales.ts";
import type { Tokens } from "../../theme/tokens.ts";
import { CONSTANT_WORDS, STRENGTH_WORDS, scaleWords } from "../scale-words.ts";

/** Millimetres. */
const LINE = 4;
const COLORS = 15;
const HEIGHT = 2;
const STEPS = 32;
const MARK = 3;
const GAP = 1;
const APART = 6;

export interface LegendLook {
  readonly normalize: Normalize;
  /** 256 colours, as `scaleTable` has them. */
  readonly colors: Uint8Array;
  readonly ink: Tokens;
  /** Height of the bars that tell strength, mm. */
  readonly bar: number;
}

export interface LegendDrawing {
  readonly items: readonly FigureItem[];
  /** Millimetres. */
  readonly height: number;
}

/** Items of one line, the first at 0, and how far they reach. */
interface Part {
  readonly items: readonly FigureItem[];
  readonly width: number;
}

/**
 * What the colours mean, the bars and the diagonals, in as many lines as it takes. There is no picture in it: those of a
 * file are the channels'.
 */
export function legendDrawing({ normalize, colors, ink, bar }: LegendLook, width: number): LegendDrawing {
  const words = (text: string, x: number): FigureItem => figureText(text, x, HEIGHT, ink.textSecond);
  const beside = (mark: readonly FigureItem[], reach: number, text: string): Part => ({
    items: [...mark, words(text, reach + GAP)],
    width: reach + GAP + textWidth(text),
  });
  const strength: FigureItem = {
    kind: "rect",
    x: 0,
    y: (HEIGHT - bar) / 2,
    width: MARK,
    height: bar,
    fill: ink.textSecond,
  };
  const constant: readonly FigureItem[] = [
    { kind: "rect", x: 0, y: 0, width: HEIGHT, height: HEIGHT, fill: ink.surface },
    { kind: "line", x1: 0, y1: HEIGHT, x2: HEIGHT, y2: 0, stroke: ink.edge, lineWidth: 0.5 },
  ];
  const parts = [
    colorPart(normalize, colors, words),
    beside([strength], MARK, STRENGTH_WORDS),
    beside(constant, HEIGHT, CONSTANT_WORDS),
  ];
  const items: FigureItem[] = [];
  let [x, y] = [0, 0];
  for (const part of parts) {
    if (x > 0 && x + part.width > width) [x, y] = [0, y + LINE];
    items.push(...placeItems(part.items, { x, y, scale: 1 }));
    x += part.width + APART;
  }
  return { items, height: y + LINE };
}

function colorPart(normalize: Normalize, colors: Uint8Array, words: (text: string, x: number) => FigureItem): Part {
  const { low, high, of } = scaleWords(normalize);
  const left = textWidth(low) + GAP;
  const step = COLORS / STEPS;
  const far = `${high} ${of}`;
  // Each a little wider than its share, so that no viewer shows seams between them.
  const steps = scaleStops(colors, STEPS).map((fill, at): FigureItem => {
    const width = at < STEPS - 1 ? step * 1.5 : step;
    return { kind: "rect", x: left + at * step, y: 0, width, height: HEIGHT, fill };
  });
  const right = left + COLORS + GAP;
  return { items: [words(low, 0), ...steps, words(far, right)], width: right + textWidth(far) };
}

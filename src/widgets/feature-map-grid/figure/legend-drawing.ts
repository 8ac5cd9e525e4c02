import type { Normalize } from "../../../compute/feature-maps/stretch.ts";
import type { FigureItem } from "../../export/figure.ts";
import { legendLines, MARK_HEIGHT, scalePart, wordsPart } from "../../export/legend-parts.ts";
import type { Tokens } from "../../theme/tokens.ts";
import { CONSTANT_WORDS, STRENGTH_WORDS, scaleWords } from "../scale-words.ts";

/** Millimetres. */
const COLORS = 15;
const MARK = 3;

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

/**
 * What the colours mean, the bars and the diagonals, in as many lines as it takes. There is no picture in it: those of a
 * file are the channels'.
 */
export function legendDrawing({ normalize, colors, ink, bar }: LegendLook, width: number): LegendDrawing {
  const { low, high, of } = scaleWords(normalize);
  const fill = ink.textSecond;
  const strength: FigureItem = { kind: "rect", x: 0, y: (MARK_HEIGHT - bar) / 2, width: MARK, height: bar, fill };
  const constant: readonly FigureItem[] = [
    { kind: "rect", x: 0, y: 0, width: MARK_HEIGHT, height: MARK_HEIGHT, fill: ink.surface },
    { kind: "line", x1: 0, y1: MARK_HEIGHT, x2: MARK_HEIGHT, y2: 0, stroke: ink.edge, lineWidth: 0.5 },
  ];
  const parts = [
    scalePart({ low, high: `${high} ${of}`, colors, width: COLORS, fill }),
    wordsPart(STRENGTH_WORDS, fill, [strength], MARK),
    wordsPart(CONSTANT_WORDS, fill, constant, MARK_HEIGHT),
  ];
  return legendLines(parts, width);
}

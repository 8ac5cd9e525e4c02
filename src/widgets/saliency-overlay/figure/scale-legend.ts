import type { FigureItem } from "../../export/figure.ts";
import { legendLines, scalePart, wordsPart } from "../../export/legend-parts.ts";
import type { Tokens } from "../../theme/tokens.ts";
import type { ScaleWords } from "../scale-words.ts";

/** Millimetres. */
const COLORS = 20;

export interface LegendLook {
  readonly words: ScaleWords;
  /** 256 colours, red, green and blue after one another. */
  readonly colors: Uint8Array;
  /** What else is to be known of how maps are drawn, a few words each. */
  readonly notes: readonly string[];
  readonly ink: Tokens;
}

/** The colours with their ends, and what else is drawn, in as many lines as the width takes; millimetres. */
export function scaleLegend(
  { words: { low, high, of }, colors, notes, ink }: LegendLook,
  width: number,
): { readonly items: readonly FigureItem[]; readonly height: number } {
  const fill = ink.textSecond;
  const scale = (end: string) => scalePart({ low, high: end, colors, width: COLORS, fill });
  const whole = scale([high, of].filter(Boolean).join(" "));
  const ends = whole.width <= width ? [whole] : [scale(high), wordsPart(of, fill)];
  return legendLines([...ends, ...notes.map((note) => wordsPart(note, fill))], width);
}

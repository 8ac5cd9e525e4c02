import { rangeForPoints, scaleStops, scaleTable } from "../theme/color-scales.ts";
import { assignClassColors } from "../theme/palette.ts";
import type { Scheme } from "../theme/tokens.ts";
import { type Coloring, classBytes, NUMBER_STEPS, numberCodes } from "./coloring.ts";

/** The code of a row without a class or number: drawn as a hollow ring. */
export const MISSING = 255;

/** Colours for drawing: a short palette and each row's place in it. */
export interface Paint {
  readonly palette: readonly string[];
  /** Place in the palette, or MISSING; null: coloured by density, from the palette's first colour to its last. */
  readonly codes: Uint8Array<ArrayBuffer> | null;
  /** Colour of each class; empty for numbers and density. */
  readonly classColors: readonly string[];
  /** Classes that share the colour of the rest. */
  readonly rest: readonly number[];
}

export interface PaintChoice {
  readonly scheme: Scheme;
  /** Classes clicked in the legend to get a colour of their own, oldest first. */
  readonly promoted: readonly number[];
}

export function paintOf(coloring: Coloring | null, { scheme, promoted }: PaintChoice): Paint {
  if (!coloring) return { palette: numberColors(scheme), codes: null, classColors: [], rest: [] };
  if (coloring.kind === "numbers") {
    const codes = numberCodes(coloring.values, coloring.low, coloring.high);
    return { palette: numberColors(scheme), codes, classColors: [], rest: [] };
  }
  const { colors, rest } = assignClassColors(coloring.counts, promoted);
  const palette = [...new Set(colors)];
  const place = Uint8Array.from(colors, (color) => palette.indexOf(color));
  const codes = classBytes(coloring, place, MISSING);
  return { palette, codes, classColors: colors, rest };
}

/** The scale that points coloured by a number use, one colour a step. */
export function numberColors(scheme: Scheme): readonly string[] {
  return scaleStops(scaleTable("viridis", ...rangeForPoints("viridis", scheme)), NUMBER_STEPS);
}

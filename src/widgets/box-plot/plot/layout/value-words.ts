import type { Measure } from "./group-names.ts";

/** What stands, turned, at the left of each row of panels. */
export interface ValueWords {
  readonly text: string;
  /** Its middle, CSS px from the panels' upper edge. */
  readonly middle: number;
}

/** The least between its ends and those of its place. */
const MARGIN = 2;

/**
 * What the values are called, beside the drawing; beside the title too where it is longer; a shorter name where it is longer
 * than both.
 *
 * @param names From the longest to the shortest.
 */
export function valueWords(
  names: readonly string[],
  { header, bottom }: { readonly header: number; readonly bottom: number },
  measure: Measure,
): ValueWords {
  const fits = (name: string): boolean => measure(name) + 2 * MARGIN <= header + bottom;
  const text = names.find(fits) ?? names.at(-1) ?? "";
  const beside = header + bottom / 2;
  // No further down than the axis: below it the names of the groups begin.
  return { text, middle: Math.min(beside, header + bottom - measure(text) / 2 - MARGIN) };
}

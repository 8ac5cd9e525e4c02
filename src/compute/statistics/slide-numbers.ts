import { quantile } from "../quantile.ts";
import type { Grouping } from "./grouped-rows.ts";
import type { PickedValues } from "./picked-values.ts";
import type { SlideMethod } from "./statistics-options.ts";

/** One number for each slide that has any of the rows. */
export interface SlideNumbers {
  readonly values: Float64Array<ArrayBuffer>;
  /** Ascending. */
  readonly slides: Int32Array<ArrayBuffer>;
}

/**
 * What the picked tiles of each slide come to: their mean, their median, or the share of them strictly above a threshold
 * (both in single precision, as the values are).
 * Tiles without a slide count for none.
 */
export function slideNumbers(
  { values, rows }: Pick<PickedValues, "values" | "rows">,
  { codes, count }: Grouping,
  method: SlideMethod,
  threshold: number,
): SlideNumbers {
  const tiles = new Int32Array(count);
  const sums = new Float64Array(count);
  const share = method === "threshold";
  const bound = Math.fround(threshold);
  for (let place = 0; place < rows.length; place++) {
    const slide = codes[rows[place] ?? 0] ?? -1;
    if (slide < 0) continue;
    const value = values[place] ?? 0;
    tiles[slide] = (tiles[slide] ?? 0) + 1;
    sums[slide] = (sums[slide] ?? 0) + (share ? Number(value > bound) : value);
  }
  const slides = Int32Array.from(tiles.keys()).filter((slide) => tiles[slide] !== 0);
  if (method === "median") return { slides, values: mediansOf(values, rows, codes, tiles, slides) };
  return { slides, values: Float64Array.from(slides, (slide) => (sums[slide] ?? 0) / (tiles[slide] ?? 0)) };
}

function mediansOf(
  values: Float32Array,
  rows: Int32Array,
  codes: Int32Array,
  tiles: Int32Array,
  slides: Int32Array,
): Float64Array<ArrayBuffer> {
  const next = new Int32Array(tiles.length);
  for (let slide = 1; slide < next.length; slide++) next[slide] = (next[slide - 1] ?? 0) + (tiles[slide - 1] ?? 0);
  const bySlide = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    const slide = codes[rows[place] ?? 0] ?? -1;
    if (slide < 0) continue;
    const at = next[slide] ?? 0;
    bySlide[at] = values[place] ?? 0;
    next[slide] = at + 1;
  }
  // Each has moved on to its slide's end.
  return Float64Array.from(slides, (slide) => {
    const end = next[slide] ?? 0;
    return quantile(bySlide.subarray(end - (tiles[slide] ?? 0), end), 0.5);
  });
}

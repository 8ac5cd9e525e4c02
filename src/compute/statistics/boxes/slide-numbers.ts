import { quantile } from "../../quantile.ts";

/** One number for each slide that has any of the rows. */
export interface SlideNumbers {
  readonly values: Float64Array<ArrayBuffer>;
  /** Ascending. */
  readonly slides: Int32Array<ArrayBuffer>;
}

/** What was counted and added up of each slide; a last one stands for rows of no slide, and for none here. */
export interface SlideSums {
  readonly tiles: Int32Array;
  readonly sums: Float64Array;
}

export function slideMeans({ tiles, sums }: SlideSums): SlideNumbers {
  const slides = slidesIn(tiles);
  return { slides, values: Float64Array.from(slides, (slide) => (sums[slide] ?? 0) / (tiles[slide] ?? 0)) };
}

/** @param codes The slide of every row; -1: none. */
export function slideMedians(
  { values, rows }: { readonly values: Float32Array; readonly rows: Int32Array },
  tiles: Int32Array,
  codes: Int32Array,
): SlideNumbers {
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
  const slides = slidesIn(tiles);
  // Each has moved on to its slide's end.
  const medianOf = (slide: number) => {
    const end = next[slide] ?? 0;
    return quantile(bySlide.subarray(end - (tiles[slide] ?? 0), end), 0.5);
  };
  return { slides, values: Float64Array.from(slides, medianOf) };
}

function slidesIn(tiles: Int32Array): Int32Array<ArrayBuffer> {
  const known = tiles.subarray(0, -1);
  return Int32Array.from(known.keys()).filter((slide) => known[slide] !== 0);
}

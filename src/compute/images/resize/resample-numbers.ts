import type { LinesOf } from "../picture-layout.ts";

/** What each number of a resized line is made of: `count` numbers of the line, each times its weight. */
export interface LineTaps {
  readonly count: number;
  /** `count` places for each of the resized line. */
  readonly places: Int32Array;
  readonly weights: Float64Array;
}

/** Where the middle of a resized line's pixel lies on the line it is made from, as SciPy's grid mode computes it. */
export function centerOn(place: number, from: number, to: number): number {
  return (place + 0.5) * (from / to) - 0.5;
}

/**
 * All lines of one direction brought to another length.
 *
 * @param taps - Those of one line; all have the same.
 * @param prepare - Makes the numbers that the taps' places count from a line's own; the line itself unless given.
 */
export function resampleNumbers(
  values: Float64Array,
  { outer, length, inner }: LinesOf,
  to: number,
  { count, places, weights }: LineTaps,
  prepare: (line: Float64Array) => Float64Array = (line) => line,
): Float64Array<ArrayBuffer> {
  const resized = new Float64Array(outer * to * inner);
  const own = new Float64Array(length);
  for (let block = 0; block < outer; block++)
    for (let offset = 0; offset < inner; offset++) {
      const start = block * length * inner + offset;
      for (let place = 0; place < length; place++) own[place] = values[start + place * inner] ?? 0;
      const line = prepare(own);
      const write = block * to * inner + offset;
      for (let place = 0; place < to; place++) {
        let sum = 0;
        for (let tap = place * count; tap < (place + 1) * count; tap++)
          sum += (line[places[tap] ?? 0] ?? 0) * (weights[tap] ?? 0);
        resized[write + place * inner] = sum;
      }
    }
  return resized;
}

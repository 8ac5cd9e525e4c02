import { type LinesOf, linesAcross, linesDown, type PictureLayout } from "../images/picture-layout.ts";

/**
 * A picture shifted down and to the right; what leaves it at one edge comes in at the other (`numpy.roll`).
 *
 * @returns A new array.
 */
export function shiftPicture(values: Float64Array, layout: PictureLayout, down: number, right: number): Float64Array {
  return shiftLines(shiftLines(values, linesDown(layout), down), linesAcross(layout), right);
}

function shiftLines(values: Float64Array, { outer, length, inner }: LinesOf, by: number): Float64Array {
  const shifted = new Float64Array(values.length);
  for (let block = 0; block < outer; block++)
    for (let place = 0; place < length; place++) {
      const to = (((place + by) % length) + length) % length;
      const from = (block * length + place) * inner;
      shifted.set(values.subarray(from, from + inner), (block * length + to) * inner);
    }
  return shifted;
}

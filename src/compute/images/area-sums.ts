import { type Footprints, footprints } from "./footprints.ts";

/**
 * For every target pixel and channel the sum of the source values under it, each times the area of it that lies there,
 * in units in which a target pixel has the area `width * height`. Exact as long as the sums stay below 2^53.
 *
 * @param values - `width * height * channels` whole numbers, row after row.
 * @returns `toWidth * toHeight * channels` sums.
 */
export function areaSums(
  values: Uint8Array | Uint16Array,
  width: number,
  height: number,
  channels: number,
  toWidth: number,
  toHeight: number,
): Float64Array<ArrayBuffer> {
  const across = footprints(width, toWidth);
  const down = footprints(height, toHeight);
  const sums = new Float64Array(toWidth * toHeight * channels);
  const line = new Float64Array(width * channels);
  for (let row = 0; row < toHeight; row++) {
    sumDown(values, line, down, row);
    sumAcross(line, sums, row * toWidth * channels, across, channels);
  }
  return sums;
}

/** The source rows under one target row, each as often as much of it lies there. */
function sumDown(values: Uint8Array | Uint16Array, line: Float64Array, down: Footprints, row: number): void {
  const length = line.length;
  const start = down.starts[row] ?? 0;
  const end = down.starts[row + 1] ?? 0;
  let from = (down.first[row] ?? 0) * length;
  line.fill(0);
  for (let place = start; place < end; place++, from += length) {
    const weight = down.weights[place] ?? 0;
    for (let i = 0; i < length; i++) line[i] = (line[i] ?? 0) + weight * (values[from + i] ?? 0);
  }
}

function sumAcross(line: Float64Array, sums: Float64Array, to: number, across: Footprints, channels: number): void {
  const count = across.first.length;
  for (let target = 0; target < count; target++) {
    const start = across.starts[target] ?? 0;
    const end = across.starts[target + 1] ?? 0;
    const first = across.first[target] ?? 0;
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let place = start; place < end; place++)
        sum += (across.weights[place] ?? 0) * (line[(first + place - start) * channels + channel] ?? 0);
      sums[to + target * channels + channel] = sum;
    }
  }
}

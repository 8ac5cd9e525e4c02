import type { RawPixels } from "../raw-pixels.ts";

/** Brightness and two colour differences, each a plane of 8-bit values. */
export interface YuvPlanes {
  readonly stored: Uint8Array;
  /** Where each plane begins and how many bytes its rows take. */
  readonly planes: readonly { readonly offset: number; readonly stride: number }[];
  readonly width: number;
  readonly height: number;
  /** Colours are stored at half the width and half the height, rounded up. */
  readonly isHalved: boolean;
}

/** At half the width of fewer columns libjpeg repeats colours instead of interpolating them. */
export const FEWEST_COLUMNS = 3;

const table = (factor: number, rounding: number) =>
  Int32Array.from({ length: 256 }, (_, value) => Math.floor(factor * 65536 + 0.5) * (value - 128) + rounding);
/** JFIF's conversion in 16-bit fixed point, as libjpeg has it (jdcolor.c): the same values to the last bit. */
const RED_BY_V = table(1.402, 32768).map((value) => value >> 16);
const BLUE_BY_U = table(1.772, 32768).map((value) => value >> 16);
const GREEN_BY_U = table(-0.34414, 0);
const GREEN_BY_V = table(-0.71414, 32768);

/**
 * Red, green and blue of a JPEG's planes: halved colours are interpolated ("fancy upsampling", weights 3/4 and 1/4 either way)
 * and converted as libjpeg does, which browsers and Pillow draw JPEGs with.
 *
 * @returns null for halved planes too narrow for that.
 */
export function rgbOfYuv({ stored, planes, width, height, isHalved }: YuvPlanes): RawPixels | null {
  const [brightness, u, v] = planes;
  const columns = isHalved ? (width + 1) >> 1 : width;
  if (!brightness || !u || !v || (isHalved && columns < FEWEST_COLUMNS)) return null;
  const pixels = new Uint8ClampedArray(width * height * 3);
  const rows = (height + 1) >> 1;
  const lineU = new Uint8Array(2 * columns);
  const lineV = new Uint8Array(2 * columns);
  const sums = new Int32Array(columns);
  for (let row = 0, to = 0; row < height; row++) {
    if (isHalved) {
      interpolateRow(stored, u, row, rows, sums, lineU);
      interpolateRow(stored, v, row, rows, sums, lineV);
    } else {
      lineU.set(rowOf(stored, u, row, width));
      lineV.set(rowOf(stored, v, row, width));
    }
    const bright = rowOf(stored, brightness, row, width);
    for (let column = 0; column < width; column++, to += 3) {
      const y = bright[column] ?? 0;
      const byU = lineU[column] ?? 0;
      const byV = lineV[column] ?? 0;
      pixels[to] = y + (RED_BY_V[byV] ?? 0);
      pixels[to + 1] = y + (((GREEN_BY_U[byU] ?? 0) + (GREEN_BY_V[byV] ?? 0)) >> 16);
      pixels[to + 2] = y + (BLUE_BY_U[byU] ?? 0);
    }
  }
  return { pixels: new Uint8Array(pixels.buffer), width, height, channels: 3 };
}

type Plane = YuvPlanes["planes"][number];

const rowOf = (stored: Uint8Array, { offset, stride }: Plane, row: number, width: number) =>
  stored.subarray(offset + row * stride, offset + row * stride + width);

/** One row of colour at full size, from the stored row that it lies in and the nearer neighbour of that. */
function interpolateRow(
  stored: Uint8Array,
  plane: Plane,
  row: number,
  rows: number,
  sums: Int32Array,
  line: Uint8Array,
): void {
  const columns = sums.length;
  const place = row >> 1;
  const near = rowOf(stored, plane, place, columns);
  const far = rowOf(stored, plane, Math.min(rows - 1, Math.max(0, row & 1 ? place + 1 : place - 1)), columns);
  for (let column = 0; column < columns; column++) sums[column] = 3 * (near[column] ?? 0) + (far[column] ?? 0);
  const last = columns - 1;
  let left = sums[0] ?? 0;
  let here = left;
  for (let column = 0; column < last; column++) {
    const right = sums[column + 1] ?? 0;
    line[2 * column] = (3 * here + left + 8) >> 4;
    line[2 * column + 1] = (3 * here + right + 7) >> 4;
    left = here;
    here = right;
  }
  line[2 * last] = (3 * here + left + 8) >> 4;
  line[2 * last + 1] = (4 * here + 7) >> 4;
}

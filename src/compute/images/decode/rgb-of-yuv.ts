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
const FEWEST_COLUMNS = 3;

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
  for (let row = 0, to = 0; row < height; row++) {
    for (const [plane, line] of [
      [u, lineU],
      [v, lineV],
    ] as const) {
      if (!isHalved)
        line.set(stored.subarray(plane.offset + row * plane.stride, plane.offset + row * plane.stride + width));
      else interpolateRow(stored, plane, row, rows, columns, line);
    }
    const from = brightness.offset + row * brightness.stride;
    for (let column = 0; column < width; column++, to += 3) {
      const y = stored[from + column] ?? 0;
      const byU = lineU[column] ?? 0;
      const byV = lineV[column] ?? 0;
      pixels[to] = y + (RED_BY_V[byV] ?? 0);
      pixels[to + 1] = y + (((GREEN_BY_U[byU] ?? 0) + (GREEN_BY_V[byV] ?? 0)) >> 16);
      pixels[to + 2] = y + (BLUE_BY_U[byU] ?? 0);
    }
  }
  return { pixels: new Uint8Array(pixels.buffer), width, height, channels: 3 };
}

/** One row of colour at full size, from the stored row that it lies in and the nearer neighbour of that. */
function interpolateRow(
  stored: Uint8Array,
  { offset, stride }: { readonly offset: number; readonly stride: number },
  row: number,
  rows: number,
  columns: number,
  line: Uint8Array,
): void {
  const near = row >> 1;
  const far = Math.min(rows - 1, Math.max(0, row & 1 ? near + 1 : near - 1));
  const nearAt = offset + near * stride;
  const farAt = offset + far * stride;
  const sum = (column: number) => 3 * (stored[nearAt + column] ?? 0) + (stored[farAt + column] ?? 0);
  for (let column = 0, left = sum(0), here = left; column < columns; column++) {
    const right = column + 1 < columns ? sum(column + 1) : here;
    line[2 * column] = (3 * here + left + 8) >> 4;
    line[2 * column + 1] = (3 * here + right + 7) >> 4;
    left = here;
    here = right;
  }
}

import type { Matrix } from "../../../src/compute/matrix.ts";
import { clusteredRows } from "./clustered-rows.ts";
import { normalFrom, uniformFrom } from "./random.ts";

const SEED = 7;
const REPEATED_SHARE = 0.01;
const LONG_ROW = 300;

/**
 * Rows that a search tuned to clusters finds hard, by name. `columns` is a power of two.
 *
 * - isotropic: every direction alike; a row's neighbours are hardly nearer than the others
 * - decaying spectrum: direction t has deviation 1 / (t + 1) ** 0.75, and no column is one of these directions
 * - half zeros: a ReLU's output
 * - repeated rows: clusters; of 1 % of the rows, half are copies of one row and half copies of one other row each
 * - one long row: clusters; one row 300 times longer than it was
 */
export const uneasyRows: Readonly<Record<string, (rows: number, columns: number) => Matrix>> = {
  isotropic: normalRows,
  "decaying spectrum"(rows, columns) {
    const uniform = uniformFrom(SEED + 1);
    const signs = Array.from({ length: columns }, () => (uniform() < 0.5 ? -1 : 1));
    const { data } = normalRows(rows, columns);
    for (let row = 0; row < rows; row++) {
      const values = data.subarray(row * columns, (row + 1) * columns);
      for (let t = 0; t < columns; t++) values[t] = ((values[t] ?? 0) * (signs[t] ?? 1)) / (t + 1) ** 0.75;
      mixColumns(values);
    }
    return { data, rows, columns };
  },
  "half zeros"(rows, columns) {
    const { data } = normalRows(rows, columns);
    return { data: data.map((value) => Math.max(0, value)), rows, columns };
  },
  "repeated rows"(rows, columns) {
    const { data } = clusteredRows(rows, columns);
    const uniform = uniformFrom(SEED);
    const repeated = Math.round(rows * REPEATED_SHARE);
    for (let copy = 0; copy < repeated; copy++) {
      const from = copy % 2 ? 0 : Math.floor(uniform() * rows);
      data.copyWithin(Math.floor(uniform() * rows) * columns, from * columns, (from + 1) * columns);
    }
    return { data, rows, columns };
  },
  "one long row"(rows, columns) {
    const { data } = clusteredRows(rows, columns);
    const long = Math.floor(rows / 2);
    for (let t = long * columns; t < (long + 1) * columns; t++) data[t] = (data[t] ?? 0) * LONG_ROW;
    return { data, rows, columns };
  },
};

function normalRows(rows: number, columns: number): Matrix {
  const normal = normalFrom(uniformFrom(SEED));
  return { data: new Float32Array(rows * columns).map(() => normal()), rows, columns };
}

/** Turn a row by the Walsh-Hadamard transform: lengths and distances stay, each column becomes a mixture of all. */
function mixColumns(values: Float32Array): void {
  for (let half = 1; half < values.length; half *= 2) {
    for (let t = 0; t < values.length; t++) {
      if (t & half) continue;
      const first = values[t] ?? 0;
      const second = values[t + half] ?? 0;
      values[t] = first + second;
      values[t + half] = first - second;
    }
  }
  const shrink = 1 / Math.sqrt(values.length);
  for (let t = 0; t < values.length; t++) values[t] = (values[t] ?? 0) * shrink;
}

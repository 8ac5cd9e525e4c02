import type { Matrix } from "../../compute/matrix.ts";

/** A table less one of its columns, in memory of its own; null: the table as it is. */
export function withoutColumn(matrix: Matrix, column: number | null | undefined): Matrix {
  if (column === null || column === undefined) return matrix;
  const { data, rows, columns } = matrix;
  const left = new Float32Array(rows * (columns - 1));
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    left.set(data.subarray(start, start + column), row * (columns - 1));
    left.set(data.subarray(start + column + 1, start + columns), row * (columns - 1) + column);
  }
  return { data: left, rows, columns: columns - 1 };
}

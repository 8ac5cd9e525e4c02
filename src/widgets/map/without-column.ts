import { ComputeError } from "../../compute/errors.ts";
import type { Matrix } from "../../compute/matrix.ts";

/**
 * A table less one of its columns, in memory of its own; null: the table as it is.
 *
 * @throws {ComputeError} for a column that is not there, and where none would be left.
 */
export function withoutColumn(matrix: Matrix, column: number | null | undefined): Matrix {
  if (column === null || column === undefined) return matrix;
  const { data, rows, columns } = matrix;
  if (column >= columns || columns === 1)
    throw new ComputeError(
      "input",
      `There is no column ${column} in ${columns.toLocaleString("en-US")} that could be left out.`,
      "Leave out exclude, or take another column.",
    );
  const left = new Float32Array(rows * (columns - 1));
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    left.set(data.subarray(start, start + column), row * (columns - 1));
    left.set(data.subarray(start + column + 1, start + columns), row * (columns - 1) + column);
  }
  return { data: left, rows, columns: columns - 1 };
}

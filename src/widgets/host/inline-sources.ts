import { ComputeError } from "../../compute/errors.ts";
import { bytesOf } from "./bytes-of.ts";
import { contentKey } from "./content-key.ts";
import type { NumericArray, NumericSource, TextSource } from "./sources.ts";
import { numericTypeOf } from "./typed-array.ts";

/** Numbers in a row: an array or a typed array of any kind. */
export type NumberList = ArrayLike<number>;

/** A table as people write it: rows of numbers, or one array with its shape. */
export type NumberTable = readonly NumberList[] | ShapedNumbers;

/** Row-major numbers with their shape: `[rows, columns]`. */
export interface ShapedNumbers {
  readonly data: NumberList;
  readonly shape: readonly number[];
}

export function sourceOf(data: NumericArray, shape: readonly number[]): NumericSource {
  const bytes = bytesOf(data);
  return {
    key: contentKey(bytes, `${numericTypeOf(data)}-${shape.join("x")}`),
    shape,
    bytes: 0,
    read: async () => data,
  };
}

/** A list of numbers, in single precision. */
export function listSource(list: NumberList): NumericSource {
  return sourceOf(new Float32Array(list), [list.length]);
}

/**
 * A table of numbers, in single precision.
 *
 * @throws {ComputeError} when the rows differ in length or the shape does not fit the data.
 */
export function tableSource(table: NumberTable, name: string): NumericSource {
  if ("shape" in table) {
    const expected = table.shape.reduce((product, length) => product * length, 1);
    if (table.data.length !== expected)
      throw new ComputeError(
        "input",
        `${name} holds ${table.data.length} numbers; its shape ${table.shape.join(" × ")} needs ${expected}.`,
        "Give the shape as [rows, columns].",
      );
    return sourceOf(new Float32Array(table.data), table.shape);
  }
  if (!Array.isArray(table) || (table.length > 0 && typeof table[0] === "number"))
    throw new ComputeError(
      "input",
      `${name} is not a table of numbers.`,
      "Pass an array of rows, or {data, shape: [rows, columns]}.",
    );
  const columns = table[0]?.length ?? 0;
  const data = new Float32Array(table.length * columns);
  table.forEach((row: NumberList, index: number) => {
    if (row.length !== columns)
      throw new ComputeError(
        "input",
        `Row ${index} of ${name} has ${row.length} numbers, row 0 has ${columns}.`,
        "Give every row the same number of columns.",
      );
    data.set(row, index * columns);
  });
  return sourceOf(data, [table.length, columns]);
}

export function textListSource(texts: Iterable<unknown>): TextSource {
  const list = Array.from(texts, (text) => (text === null || text === undefined ? "" : String(text)));
  const key = contentKey(new TextEncoder().encode(JSON.stringify(list)), "text");
  return { key, length: list.length, read: async () => list };
}

import { ComputeError } from "../../compute/errors.ts";
import { bytesOf } from "./bytes-of.ts";
import { contentKey } from "./content-key.ts";
import type { NumericArray, NumericSource, TextSource } from "./sources.ts";
import { numericTypeOf } from "./typed-array.ts";

/** Numbers in a row: an array or a typed array of any kind. null and undefined are missing. */
export type NumberList = ArrayLike<number | null | undefined> | BigInt64Array | BigUint64Array;

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

/** A list of numbers, in single precision; NaN where one is missing. */
export function listSource(list: NumberList): NumericSource {
  return sourceOf(singles(list), [list.length]);
}

function singles(list: NumberList): Float32Array<ArrayBuffer> {
  const numbers = new Float32Array(list.length);
  putNumbers(numbers, list, 0);
  return numbers;
}

function putNumbers(into: Float32Array, list: NumberList, at: number): void {
  if (ArrayBuffer.isView(list) && !(list instanceof BigInt64Array || list instanceof BigUint64Array)) {
    into.set(list as ArrayLike<number>, at);
    return;
  }
  for (let place = 0; place < list.length; place++) {
    const value = list[place];
    // JavaScript itself would read null as 0.
    into[at + place] = value === null || value === undefined ? Number.NaN : Number(value);
  }
}

/**
 * A table of numbers, in single precision; NaN where one is missing.
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
    return sourceOf(singles(table.data), table.shape);
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
    putNumbers(data, row, index * columns);
  });
  return sourceOf(data, [table.length, columns]);
}

/** Classes or numbers of the rows as they are; numbers of 64 bits (Arrow, DuckDB) become those that all code reads. */
export function rowLabels(written: unknown): unknown {
  if (written instanceof BigInt64Array || written instanceof BigUint64Array) return Float64Array.from(written, Number);
  if (!Array.isArray(written) || !written.some((label) => typeof label === "bigint")) return written;
  return written.map((label: unknown) => (typeof label === "bigint" ? Number(label) : label));
}

export function textListSource(texts: Iterable<unknown>): TextSource {
  const list = Array.from(texts, (text) => (text === null || text === undefined ? "" : String(text)));
  const key = contentKey(new TextEncoder().encode(JSON.stringify(list)), "text");
  return { key, length: list.length, read: async () => list };
}

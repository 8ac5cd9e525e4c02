import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { isNumericSource, type NumericSource } from "../host/sources.ts";
import { naturalOrder } from "./natural-order.ts";

/** What a caller may colour by, before it is read: the host's form, or a plain array from JavaScript. */
export type ColorInput =
  | { readonly kind: "categories"; readonly codes: NumericSource; readonly names: readonly string[] }
  | { readonly kind: "numbers"; readonly values: NumericSource }
  | readonly (string | number | boolean | null | undefined)[]
  | ArrayLike<number>
  | NumericSource;

/** Rows in classes. */
export interface Categories {
  readonly kind: "categories";
  /** Class of each row, -1 where it has none. */
  readonly codes: Int32Array<ArrayBuffer>;
  readonly names: readonly string[];
  /** Rows in each class. */
  readonly counts: Int32Array<ArrayBuffer>;
  /** Rows without a class. */
  readonly missing: number;
}

/** Rows with a number each; NaN where it is missing. */
export interface Numbers {
  readonly kind: "numbers";
  readonly values: Float32Array<ArrayBuffer>;
  readonly min: number;
  readonly max: number;
  /** 1st and 99th percentile: the scale's ends unless the reader changes them. */
  readonly low: number;
  readonly high: number;
  readonly missing: number;
}

export type Coloring = Categories | Numbers;

/** More distinct whole numbers than this are a quantity, not names of classes. */
const MOST_INTEGER_CLASSES = 50;

/**
 * Read what to colour by.
 *
 * @param what names the argument in errors: "labels" or "color".
 * @throws {ComputeError} when there is not one value a row: "1,790 labels for 1,797 rows."
 */
export async function readColoring(input: ColorInput, what: string, rows: number, job: Job): Promise<Coloring> {
  if (isNumericSource(input)) return checked(numbersOf(await readNumbers(input, job)), what, rows);
  if ("kind" in input && input.kind === "categories") {
    const read = await input.codes.read(job);
    const codes = read instanceof Int32Array ? read : new Int32Array(read);
    return checked(categoriesOf(codes, input.names), what, rows);
  }
  if ("kind" in input && input.kind === "numbers")
    return checked(numbersOf(await readNumbers(input.values, job)), what, rows);
  const values = Array.from(input as ArrayLike<string | number | boolean | null | undefined>);
  return checked(coloringOf(values, what), what, rows);
}

async function readNumbers(source: NumericSource, job: Job): Promise<Float32Array<ArrayBuffer>> {
  const read = await source.read(job);
  return read instanceof Float32Array ? read : new Float32Array(read);
}

function checked(coloring: Coloring, what: string, rows: number): Coloring {
  const length = coloring.kind === "categories" ? coloring.codes.length : coloring.values.length;
  if (length !== rows)
    throw new ComputeError(
      "input",
      `${length.toLocaleString("en-US")} ${what === "color" ? "colours" : what} for ${rows.toLocaleString("en-US")} rows.`,
      `Pass one a row in ${what}.`,
    );
  return coloring;
}

/** What values a row say as colours, by themselves. */
export function coloringOf(values: readonly (string | number | boolean | null | undefined)[], what: string): Coloring {
  const present = values.filter((value) => value !== null && value !== undefined && !Number.isNaN(value));
  const numeric = present.every((value) => typeof value === "number");
  if (numeric && (what === "color" || !areClasses(present as number[])))
    return numbersOf(Float32Array.from(values, (value) => (typeof value === "number" ? value : Number.NaN)));
  const names = numeric
    ? [...new Set(present as number[])].sort((a, b) => a - b).map(String)
    : naturalOrder(new Set(present.map(String)));
  const place = new Map(names.map((name, code) => [name, code]));
  const codes = Int32Array.from(values, (value) =>
    value === null || value === undefined ? -1 : (place.get(String(value)) ?? -1),
  );
  return categoriesOf(codes, names);
}

function areClasses(values: readonly number[]): boolean {
  return values.every(Number.isInteger) && new Set(values).size <= MOST_INTEGER_CLASSES;
}

export function categoriesOf(codes: Int32Array<ArrayBuffer>, names: readonly string[]): Categories {
  const counts = new Int32Array(names.length);
  let missing = 0;
  for (const code of codes) {
    if (code >= 0 && code < names.length) counts[code] = (counts[code] ?? 0) + 1;
    else missing++;
  }
  return { kind: "categories", codes, names, counts, missing };
}

/** More values than this are not sorted on the page; percentiles are those of a regular sample. */
const MOST_SORTED = 100_000;

export function numbersOf(values: Float32Array<ArrayBuffer>): Numbers {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let missing = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (!Number.isFinite(value)) missing++;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (missing === values.length) return { kind: "numbers", values, min: 0, max: 0, low: 0, high: 0, missing };
  const step = Math.ceil(values.length / MOST_SORTED);
  const sample =
    step === 1
      ? values
      : Float32Array.from({ length: Math.ceil(values.length / step) }, (_, at) => values[at * step] ?? 0);
  const sorted = sample.filter(Number.isFinite).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? min;
  const [low, high] = [at(0.01), at(0.99)];
  // A column that is nearly constant has equal percentiles and would be drawn in one colour.
  const ends = low === high ? { low: min, high: max } : { low, high };
  return { kind: "numbers", values, min, max, ...ends, missing };
}

/** Steps of a number's colour scale; code 255 stands for a missing number. */
export const NUMBER_STEPS = 255;

/** Each number as a step 0 .. 254 of the scale between `low` and `high`, 255 where it is missing. */
export function numberCodes(values: Float32Array<ArrayBuffer>, low: number, high: number): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(values.length);
  const steps = (NUMBER_STEPS - 1) / (high - low || 1);
  // A loop, not `from` with a function: at a million rows that alone would hold the page for 50 ms.
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    codes[row] = Number.isFinite(value)
      ? Math.min(NUMBER_STEPS - 1, Math.max(0, Math.round((value - low) * steps)))
      : NUMBER_STEPS;
  }
  return codes;
}

/** Class codes in a byte each, `none` where a row has no class; for at most 255 classes. */
export function classBytes(
  { codes, names }: Categories,
  byteOf: ArrayLike<number> | null,
  none: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    bytes[row] = code < 0 || code >= names.length ? none : byteOf ? (byteOf[code] ?? none) : code;
  }
  return bytes;
}

import { ComputeError } from "../../compute/errors.ts";
import type { NumericArray } from "./sources.ts";

/** The number types that cross between Python and the page, by NumPy's names. */
const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  int8: Int8Array,
  int16: Int16Array,
} as const;

export type NumericType = keyof typeof constructors;

export function isNumericType(name: unknown): name is NumericType {
  return typeof name === "string" && name in constructors;
}

/** Bytes that one number takes. */
export function bytesPerNumber(type: NumericType): number {
  return constructors[type].BYTES_PER_ELEMENT;
}

/** Little-endian bytes as numbers; copied only where they are not aligned. */
export function numbersOf(bytes: Uint8Array<ArrayBuffer>, type: NumericType): NumericArray {
  const size = bytesPerNumber(type);
  if (bytes.length % size)
    throw new ComputeError(
      "internal",
      `The data are cut: ${bytes.length} bytes are no whole number of ${type}.`,
      "Run the cell again.",
    );
  const aligned = bytes.byteOffset % size ? bytes.slice() : bytes;
  return new constructors[type](aligned.buffer, aligned.byteOffset, aligned.length / size);
}

/** The NumPy name of an array's type; undefined for types that don't cross (BigInt64Array, Float16Array). */
export function numericTypeOf(array: ArrayBufferView): NumericType | undefined {
  for (const [name, type] of Object.entries(constructors))
    if (array instanceof type && isNumericType(name)) return name;
  return undefined;
}

import { TENSOR_TYPES, type TensorTypeName } from "./onnx-model.ts";

/** Bits of one element by number of type (`TensorProto.DataType`, onnx.proto of ONNX 1.23); text has no such size. */
const BITS: Readonly<Record<number, number>> = {
  1: 32,
  2: 8,
  3: 8,
  4: 16,
  5: 16,
  6: 32,
  7: 64,
  9: 8,
  10: 16,
  11: 64,
  12: 32,
  13: 64,
  14: 64,
  15: 128,
  16: 16,
  17: 8,
  18: 8,
  19: 8,
  20: 8,
  21: 4,
  22: 4,
  23: 4,
  24: 8,
  25: 2,
  26: 2,
};

const NAMES = new Map<number, string>(Object.entries(TENSOR_TYPES).map(([name, number]) => [number, name]));

/** "float32" for 1; "type 22" for one that has no name here. */
export function typeName(type: number): TensorTypeName | string {
  return NAMES.get(type) ?? `type ${type}`;
}

/** Bits of one element; null where that is not known: text, types that are newer than this file. */
export function bitsOf(type: number): number | null {
  return BITS[type] ?? null;
}

/** Number of elements. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** Bytes of a tensor as files hold it; null where its type has no size. */
export function tensorBytes(type: number, dims: readonly number[]): number | null {
  const bits = bitsOf(type);
  return bits === null ? null : Math.ceil((elementCount(dims) * bits) / 8);
}

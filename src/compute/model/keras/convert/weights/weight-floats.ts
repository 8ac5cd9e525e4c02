import { ComputeError } from "../../../../errors.ts";
import type { KerasWeight } from "../../keras-model.ts";
import { WEIGHT_BYTES } from "../../weight-bytes.ts";

/** How many numbers a weight's dimensions say. */
export function countNumbers(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** Throws "input" where a weight's bytes don't fit its dimensions. */
export function checkLength(weight: KerasWeight, layer: string): void {
  const expected = countNumbers(weight.dims) * WEIGHT_BYTES[weight.type];
  if (weight.bytes.byteLength === expected) return;
  throw new ComputeError(
    "input",
    `${layer} has ${weight.bytes.byteLength} bytes for its weight "${weight.name}", expected ${expected}.`,
    "Save the model again, the file may be cut off.",
  );
}

/** A weight in single precision: a view of the file's own bytes where they are that already. */
export function weightFloats(weight: KerasWeight): Float32Array<ArrayBuffer> {
  const { bytes, type } = weight;
  const count = countNumbers(weight.dims);
  if (type === "float32" && bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, count);
  if (type === "float32") return new Float32Array(bytes.slice().buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: count }, (_, index) => readNumber(view, type, index));
}

/** One number of a weight, little-endian; of a type that is none of these, a byte. */
export function readNumber(view: DataView, type: KerasWeight["type"], index: number): number {
  switch (type) {
    case "float16":
      return halfToNumber(view.getUint16(index * 2, true));
    case "bfloat16":
      return upperHalf(view.getUint16(index * 2, true));
    case "float32":
      return view.getFloat32(index * 4, true);
    case "float64":
      return view.getFloat64(index * 8, true);
    case "int8":
      return view.getInt8(index);
    case "int32":
      return view.getInt32(index * 4, true);
    case "int64":
      return Number(view.getBigInt64(index * 8, true));
    default:
      return view.getUint8(index);
  }
}

const scratch = new DataView(new ArrayBuffer(4));

/** A bfloat16 is the upper half of a single-precision number. */
function upperHalf(bits: number): number {
  scratch.setUint32(0, bits * 65536);
  return scratch.getFloat32(0);
}

/** IEEE 754 half precision. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

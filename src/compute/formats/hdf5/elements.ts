import type { Hdf5Type, NumberName } from "./datatype.ts";
import { readHeapText } from "./global-heap.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

const text = new TextDecoder();

/** Elements as strings or numbers; integers of 64 bits past 2^53 are rounded. */
export function readElements(
  source: Hdf5Source,
  bytes: Uint8Array<ArrayBuffer>,
  type: Exclude<Hdf5Type, { kind: "other" }>,
  count: number,
): string[] | number[] {
  const element = (place: number) => bytes.subarray(place * type.size, (place + 1) * type.size);
  if (type.kind === "text") return listOf(count, (place) => textOf(element(place), type.isBlankPadded));
  if (type.kind === "heap-text") return listOf(count, (place) => textOf(readHeapText(source, element(place)), false));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return listOf(count, (place) => numberAt(view, place * type.size, type.name, !type.isBigEndian));
}

const listOf = <Value>(count: number, value: (place: number) => Value): Value[] =>
  Array.from({ length: count }, (_, place) => value(place));

function textOf(bytes: Uint8Array<ArrayBuffer>, isBlankPadded: boolean): string {
  const end = bytes.indexOf(0);
  const whole = text.decode(end < 0 ? bytes : bytes.subarray(0, end));
  return isBlankPadded ? whole.trimEnd() : whole;
}

function numberAt(view: DataView, at: number, name: NumberName, isLittle: boolean): number {
  switch (name) {
    case "float16":
      return halfOf(view.getUint16(at, isLittle));
    case "bfloat16":
      return new Float32Array(Uint32Array.of(view.getUint16(at, isLittle) << 16).buffer)[0] ?? Number.NaN;
    case "float32":
      return view.getFloat32(at, isLittle);
    case "float64":
      return view.getFloat64(at, isLittle);
    case "bool":
    case "uint8":
      return view.getUint8(at);
    case "int8":
      return view.getInt8(at);
    case "int16":
      return view.getInt16(at, isLittle);
    case "uint16":
      return view.getUint16(at, isLittle);
    case "int32":
      return view.getInt32(at, isLittle);
    case "uint32":
      return view.getUint32(at, isLittle);
    case "int64":
      return Number(view.getBigInt64(at, isLittle));
    case "uint64":
      return Number(view.getBigUint64(at, isLittle));
  }
}

/** A float of 16 bits: one of sign, five of exponent, ten of fraction. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1_024) * 2 ** (exponent - 15);
}

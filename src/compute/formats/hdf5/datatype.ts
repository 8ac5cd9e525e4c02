import type { FileReader } from "../file-reader.ts";

export type NumberName =
  | "float16"
  | "float32"
  | "float64"
  | "bfloat16"
  | "bool"
  | `${"int" | "uint"}${8 | 16 | 32 | 64}`;

/** What an element is. */
export type Hdf5Type =
  | { readonly kind: "number"; readonly name: NumberName; readonly size: number; readonly isBigEndian: boolean }
  /** Of `size` bytes, ended by a zero or filled up with zeros or blanks. */
  | { readonly kind: "text"; readonly size: number; readonly isBlankPadded: boolean }
  /** Each in a heap, under a number. */
  | { readonly kind: "heap-text"; readonly size: number }
  /** Read by nobody here; `name` is for errors: "compound". */
  | { readonly kind: "other"; readonly name: string; readonly size: number };

const CLASSES = [
  "integer",
  "float",
  "time",
  "string",
  "bit field",
  "opaque",
  "compound",
  "reference",
  "enumeration",
  "variable-length",
  "array",
  "complex",
];

/** Sign, place and size of the exponent, size of the mantissa, bias, of the floats that there are names for. */
const FLOATS: readonly { readonly name: NumberName; readonly size: number; readonly parts: string }[] = [
  { name: "float16", size: 2, parts: "10,5,0,10,15" },
  { name: "bfloat16", size: 2, parts: "7,8,0,7,127" },
  { name: "float32", size: 4, parts: "23,8,0,23,127" },
  { name: "float64", size: 8, parts: "52,11,0,52,1023" },
];

/** A type as a datatype message tells it. */
export function readDatatype(reader: FileReader): Hdf5Type {
  const kind = reader.uint8() & 15;
  const [low, middle] = [reader.uint8(), reader.uint8()];
  reader.skip(1);
  const size = reader.uint32();
  const name = CLASSES[kind] ?? `unknown (class ${kind})`;
  const other: Hdf5Type = { kind: "other", name, size };
  if (size === 0) throw reader.damaged("has elements of no bytes");
  switch (name) {
    case "integer":
      return integerOf(low, size) ?? other;
    case "float":
      return floatOf(reader, low, size) ?? other;
    case "string":
      return { kind: "text", size, isBlankPadded: (low & 15) === 2 };
    case "enumeration":
      return isBool(reader, low | (middle << 8), size)
        ? { kind: "number", name: "bool", size, isBigEndian: false }
        : other;
    case "variable-length":
      return (low & 15) === 1 ? { kind: "heap-text", size } : other;
    default:
      return other;
  }
}

function integerOf(flags: number, size: number): Hdf5Type | null {
  const bits = size === 1 ? 8 : size === 2 ? 16 : size === 4 ? 32 : size === 8 ? 64 : null;
  if (bits === null) return null;
  return { kind: "number", name: `${flags & 8 ? "int" : "uint"}${bits}`, size, isBigEndian: (flags & 1) !== 0 };
}

function floatOf(reader: FileReader, flags: number, size: number): Hdf5Type | null {
  reader.skip(4);
  const parts = [reader.uint8(), reader.uint8(), reader.uint8(), reader.uint8(), reader.uint32()].join();
  const float = FLOATS.find((known) => known.size === size && known.parts === parts);
  // Bit 6 with bit 0 is the order of the VAX.
  if (float === undefined || (flags & 0x40) !== 0) return null;
  return { kind: "number", name: float.name, size, isBigEndian: (flags & 1) !== 0 };
}

/** NumPy's bool, as h5py writes it: an enumeration of FALSE and TRUE over a byte. */
function isBool(reader: FileReader, members: number, size: number): boolean {
  if (members !== 2 || size !== 1) return false;
  const base = readDatatype(reader);
  if (base.kind !== "number" || base.size !== 1) return false;
  // Past the offset and the precision of the integer.
  reader.skip(4);
  const names = new TextDecoder().decode(reader.take(reader.left));
  return names.startsWith("FALSE\0") && names.includes("TRUE\0");
}

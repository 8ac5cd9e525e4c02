import { ComputeError } from "../../../errors.ts";
import { type OnnxTensor, TENSOR_TYPES, type TensorBytes } from "../onnx-model.ts";
import { bitsOf, tensorBytes } from "../tensor-size.ts";
import { FIXED32, FIXED64, type WireReader } from "../wire/wire-reader.ts";
import { readEntry } from "./read-entry.ts";

const EXTERNAL = 1;

/** What a `TensorProto` says, before it is known which of its fields counts. */
interface Parts {
  readonly name: string;
  readonly type: number;
  readonly dims: readonly number[];
  readonly raw: Uint8Array<ArrayBuffer> | null;
  /** Fields `float_data` and `double_data`: pieces of numbers as they lie in memory. */
  readonly floats: readonly Uint8Array<ArrayBuffer>[];
  /** Fields `int32_data`, `int64_data`, `uint64_data`: words, the lower first. */
  readonly words: readonly number[];
  readonly text: Uint8Array<ArrayBuffer>;
  readonly external: ReadonlyMap<string, string>;
  readonly location: number;
}

/**
 * A `TensorProto`. Raw data and packed floats stay where they lie in the file; whole numbers of typed fields are the
 * only ones that get bytes of their own.
 *
 * @throws ComputeError "input" when there are other than the bytes that type and dimensions need.
 */
export function readTensor(reader: WireReader): OnnxTensor {
  const parts = collectParts(reader);
  const { name, type, dims } = parts;
  if (dims.some((size) => size < 0 || !Number.isSafeInteger(size)))
    throw new ComputeError(
      "input",
      `The tensor "${name}" has dimensions that can't be: ${dims.join(" x ")}.`,
      "Export the model again.",
    );
  const data = parts.location === EXTERNAL ? readPlace(parts) : { kind: "here" as const, bytes: bytesOf(parts) };
  checkLength(parts, data);
  return { name, type, dims, data };
}

function collectParts(reader: WireReader): Parts {
  const parts = { name: "", type: 0, raw: null as Uint8Array<ArrayBuffer> | null, location: 0 };
  const dims: number[] = [];
  const floats: Uint8Array<ArrayBuffer>[] = [];
  const words: number[] = [];
  const external = new Map<string, string>();
  let textFrom = 0;
  let textTo = 0;
  while (reader.next())
    switch (reader.field) {
      case 1:
        reader.integers(dims);
        break;
      case 2:
        parts.type = reader.integer();
        break;
      case 4:
      case 10:
        floats.push(floatBytes(reader));
        break;
      case 5:
      case 7:
      case 11:
        reader.words(words);
        break;
      case 6:
        if (textTo === 0) textFrom = reader.start;
        reader.skip();
        textTo = reader.position;
        break;
      case 8:
        parts.name = reader.text();
        break;
      case 9:
        parts.raw = reader.view();
        break;
      case 13:
        readEntry(reader.message(), external);
        break;
      case 14:
        parts.location = reader.integer();
        break;
      default:
        reader.skip();
    }
  return { ...parts, dims, floats, words, text: reader.bytes.subarray(textFrom, textTo), external };
}

/** Numbers of one field, alone or packed. */
function floatBytes(reader: WireReader): Uint8Array<ArrayBuffer> {
  if (reader.wire !== FIXED32 && reader.wire !== FIXED64) return reader.view();
  const from = reader.position;
  reader.skip();
  return reader.bytes.subarray(from, reader.position);
}

function bytesOf({ type, raw, floats, words, text }: Parts): Uint8Array<ArrayBuffer> {
  if (type === TENSOR_TYPES.string) return text;
  if (raw) return raw;
  if (words.length > 0) return narrowed(words, bitsOf(type) ?? 32);
  const [only, ...others] = floats;
  return others.length === 0 && only ? only : joined(floats);
}

/** The lowest bits of each number; those of 4 bits and less come packed in bytes. */
function narrowed(words: readonly number[], bits: number): Uint8Array<ArrayBuffer> {
  if (bits === 64) return new Uint8Array(Uint32Array.from(words).buffer);
  const numbers = words.filter((_, at) => at % 2 === 0);
  if (bits === 32) return new Uint8Array(Uint32Array.from(numbers).buffer);
  if (bits === 16) return new Uint8Array(Uint16Array.from(numbers).buffer);
  return Uint8Array.from(numbers);
}

function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Keys as ONNX' ExternalData.md has them. */
function readPlace({ name, external }: Parts): TensorBytes {
  const location = external.get("location");
  const offset = Number(external.get("offset") ?? 0);
  const given = external.get("length");
  const length = given === undefined ? null : Number(given);
  if (location && Number.isSafeInteger(offset) && offset >= 0 && (length === null || isCount(length)))
    return { kind: "beside", location, offset, length };
  throw new ComputeError(
    "input",
    `The tensor "${name}" lies outside the file, but where can't be read.`,
    "Export the model again.",
  );
}

function isCount(length: number): boolean {
  return Number.isSafeInteger(length) && length >= 0;
}

function checkLength({ name, type, dims }: Parts, data: TensorBytes): void {
  const needed = tensorBytes(type, dims);
  const length = data.kind === "here" ? data.bytes.length : data.length;
  if (needed === null || length === null || length === needed) return;
  throw new ComputeError(
    "input",
    `The tensor "${name}" has ${length.toLocaleString("en")} bytes, but its dimensions ${dims.join(" x ") || "(none)"} ` +
      `need ${needed.toLocaleString("en")}.`,
    "Copy or export the model again.",
  );
}

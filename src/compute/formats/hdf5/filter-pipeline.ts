import { ComputeError } from "../../errors.ts";
import type { FileReader } from "../file-reader.ts";
import { unpackDeflated } from "../unpack-deflated.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER = 3;
const NAMES: Readonly<Record<number, string>> = {
  4: "szip",
  5: "nbit",
  6: "scale-offset",
  32000: "LZF",
  32015: "Zstandard",
};
const FLETCHER_SIZE = 4;

/** The numbers of a dataset's filters, in the order in which they were applied. */
export function readFilters(reader: FileReader): number[] {
  const version = reader.uint8();
  const count = reader.uint8();
  if (count > 32) throw reader.damaged(`has ${count} filters`);
  const isOld = version === 1;
  if (isOld) reader.skip(6);
  return Array.from({ length: count }, () => {
    const id = reader.uint16();
    const nameLength = isOld || id >= 256 ? reader.uint16() : 0;
    reader.skip(2);
    const values = reader.uint16();
    reader.skip(nameLength + 4 * values + (isOld && values % 2 === 1 ? 4 : 0));
    return id;
  });
}

/**
 * A chunk as it was before its filters.
 *
 * @param mask - Bit by bit the filters that this chunk went without.
 * @param length - Of the chunk without filters, in bytes.
 */
export async function undoFilters(
  source: Hdf5Source,
  stored: Uint8Array<ArrayBuffer>,
  {
    filters,
    mask,
    length,
    elementSize,
  }: { filters: readonly number[]; mask: number; length: number; elementSize: number },
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const applied = filters.filter((_, place) => (mask & (1 << place)) === 0);
  let bytes = stored;
  for (let place = applied.length - 1; place >= 0; place--) {
    const filter = applied[place] ?? 0;
    const before = length + FLETCHER_SIZE * applied.slice(0, place).filter((id) => id === FLETCHER).length;
    if (filter === DEFLATE) {
      source.file.takeMemory(before, what);
      bytes = await unpackDeflated(bytes, "deflate", before, source.file.name, what);
    } else if (filter === SHUFFLE) bytes = unshuffled(bytes, elementSize);
    else if (filter === FLETCHER) bytes = withoutFletcher(source, bytes, what);
    else throw unknownFilter(source.file.name, filter);
  }
  return bytes;
}

function unknownFilter(name: string, filter: number): ComputeError {
  return new ComputeError(
    "input",
    `${name} is packed with ${NAMES[filter] ?? `filter ${filter}`}, which is not read here.`,
    "Save it with gzip or without compression.",
  );
}

/** All first bytes of the elements, then all second ones: back to elements. */
function unshuffled(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const count = Math.floor(bytes.length / size);
  if (size < 2 || count < 2) return bytes;
  const elements = bytes.slice();
  for (let byte = 0; byte < size; byte++) {
    for (let element = 0; element < count; element++) {
      elements[element * size + byte] = bytes[byte * count + element] ?? 0;
    }
  }
  return elements;
}

/** Fletcher's checksum over big-endian halves, which stands behind the chunk. */
function withoutFletcher(source: Hdf5Source, bytes: Uint8Array<ArrayBuffer>, what: string): Uint8Array<ArrayBuffer> {
  const data = bytes.subarray(0, Math.max(0, bytes.length - FLETCHER_SIZE));
  const reader = source.file.readerOver(bytes.subarray(data.length), what);
  const stored = reader.uint32();
  let [low, high] = [0, 0];
  for (let at = 0; at < data.length; at += 2) {
    low = (low + ((data[at] ?? 0) << 8) + (data[at + 1] ?? 0)) % 65_535;
    high = (high + low) % 65_535;
  }
  // What sums up to 65,535 is 0 and 65,535 at once.
  const halves = [stored & 0xffff, stored >>> 16];
  if ((halves[0] ?? 0) % 65_535 !== low || (halves[1] ?? 0) % 65_535 !== high) {
    throw reader.damaged("doesn't have the checksum it ends with");
  }
  return data;
}

import { ComputeError } from "../../errors.ts";
import type { FileBytes } from "../file-bytes.ts";
import type { FileReader } from "../file-reader.ts";

/** One file as the directory at the zip's end has it. */
export interface ZipEntry {
  /** Of its own header. */
  readonly at: number;
  readonly packedSize: number;
  readonly size: number;
  /** CRC-32 of it unpacked. */
  readonly checksum: number;
  readonly method: number;
  readonly flags: number;
}

/** Of the directory's end; behind it a comment of any text. */
const END = 22;
const LONGEST_COMMENT = 65_535;
/** Before the end, where the zip is of the kind for more than 4 GB: says where that kind's own end is. */
const LOCATOR = 20;
/** Stands where a number is too large for its place. */
const [ELSEWHERE_16, ELSEWHERE_32] = [0xffff, 0xffffffff];
const LARGE_SIZES = 1;

const text = new TextDecoder();

/** What is in a zip, by name, from its directory alone. */
export function readDirectory(file: FileBytes): ReadonlyMap<string, ZipEntry> {
  const { start, length, count } = findDirectory(file);
  const reader = file.reader(start, length, "its directory");
  const entries = new Map<string, ZipEntry>();
  for (let left = count; left > 0; left--) {
    file.takeStep();
    const [name, entry] = readEntry(file, reader);
    entries.set(name, entry);
  }
  return entries;
}

function findDirectory(file: FileBytes): { start: number; length: number; count: number } {
  const end = findEnd(file);
  const reader = file.reader(end, END, "its end");
  reader.skip(10);
  const [count, length, start] = [reader.uint16(), reader.uint32(), reader.uint32()];
  const isLarge = count === ELSEWHERE_16 || length === ELSEWHERE_32 || start === ELSEWHERE_32;
  return isLarge ? (findLargeDirectory(file, end) ?? { start, length, count }) : { start, length, count };
}

function findLargeDirectory(file: FileBytes, end: number): { start: number; length: number; count: number } | null {
  if (end < LOCATOR) return null;
  const locator = file.reader(end - LOCATOR, LOCATOR, "its end");
  if (text.decode(locator.take(4)) !== "PK\x06\x07") return null;
  locator.skip(4);
  const large = file.readerFrom(locator.uint(8), "its end");
  large.expect("PK\x06\x06");
  large.skip(28);
  return { count: large.uint(8), length: large.uint(8), start: large.uint(8) };
}

/** Where the end of the directory is, from behind. */
function findEnd({ bytes, length, name }: FileBytes): number {
  for (let at = length - END; at >= Math.max(0, length - END - LONGEST_COMMENT); at--) {
    if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 5 && bytes[at + 3] === 6) return at;
  }
  throw new ComputeError(
    "input",
    `${name} is no zip, or is cut off: the directory at its end is missing.`,
    "Copy it again from where it was saved.",
  );
}

function readEntry(file: FileBytes, reader: FileReader): [string, ZipEntry] {
  reader.expect("PK\x01\x02");
  reader.skip(4);
  const [flags, method] = [reader.uint16(), reader.uint16()];
  reader.skip(4);
  const checksum = reader.uint32();
  const [packedSize, size] = [reader.uint32(), reader.uint32()];
  const [nameLength, extraLength, commentLength] = [reader.uint16(), reader.uint16(), reader.uint16()];
  reader.skip(8);
  const at = reader.uint32();
  const name = text.decode(reader.take(nameLength));
  const extra = file.readerOver(reader.take(extraLength), "its directory");
  reader.skip(commentLength);
  return [name, { flags, method, checksum, ...largeSizes(extra, { size, packedSize, at }) }];
}

/** Sizes past 4 GB stand behind the name, those alone that don't fit. */
function largeSizes(extra: FileReader, small: { size: number; packedSize: number; at: number }) {
  while (extra.left >= 4) {
    const [kind, length] = [extra.uint16(), extra.uint16()];
    if (kind !== LARGE_SIZES) {
      extra.skip(Math.min(length, extra.left));
      continue;
    }
    const own = (value: number) => (value === ELSEWHERE_32 ? extra.uint(8) : value);
    const [size, packedSize] = [own(small.size), own(small.packedSize)];
    return { size, packedSize, at: own(small.at) };
  }
  return small;
}

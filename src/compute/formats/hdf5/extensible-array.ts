import type { FileReader } from "../file-reader.ts";
import { type ChunkVisitor, chunkEntryReader } from "./fixed-array.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

/** What the array's head says of its blocks. */
interface ArrayShape {
  readonly entrySize: number;
  /** Bits of the largest number that an entry can have. */
  readonly mostBits: number;
  readonly entriesInIndex: number;
  readonly smallestBlock: number;
  readonly pointersInSecondary: number;
  readonly pageLength: number;
  /** Entries that were ever set: the first so many. */
  readonly count: number;
}

const WHAT = "its index of chunks";

/**
 * The index of datasets that can grow in one dimension: some entries in the index itself, then blocks of them that grow in
 * size, the later ones under blocks of addresses.
 */
export function walkExtensibleArray(source: Hdf5Source, at: number, chunkBytes: number, visit: ChunkVisitor): void {
  const head = source.structure(at, "EAHD", WHAT);
  head.skip(1);
  const isFiltered = head.uint8() === 1;
  const [entrySize, mostBits, entriesInIndex, smallestBlock, pointersInSecondary, pageBits] = [
    head.uint8(),
    head.uint8(),
    head.uint8(),
    head.uint8(),
    head.uint8(),
    head.uint8(),
  ];
  head.skip(4 * source.lengthSize);
  const count = source.length(head);
  head.skip(source.lengthSize);
  const indexBlock = source.address(head);
  source.endWithChecksum(head);
  const isPower = (value: number) => value > 0 && Number.isInteger(Math.log2(value));
  if (!isPower(smallestBlock) || !isPower(pointersInSecondary) || mostBits > 64 || pageBits > 31) {
    throw head.damaged(`has blocks of ${smallestBlock} entries`);
  }
  const shape: ArrayShape = {
    entrySize,
    mostBits,
    entriesInIndex,
    smallestBlock,
    pointersInSecondary,
    pageLength: 2 ** pageBits,
    count,
  };
  if (indexBlock === null) return;
  walkIndex(source, indexBlock, shape, chunkEntryReader(source, isFiltered, entrySize, chunkBytes), visit);
}

type EntryReader = ReturnType<typeof chunkEntryReader>;

function walkIndex(
  source: Hdf5Source,
  at: number,
  shape: ArrayShape,
  readEntry: EntryReader,
  visit: ChunkVisitor,
): void {
  const index = source.structure(at, "EAIB", WHAT);
  index.skip(2 + source.addressSize);
  for (let number = 0; number < shape.entriesInIndex; number++) readEntry(index, number, visit);
  let first = shape.entriesInIndex;
  // Level u has 2^floor(u/2) blocks of 2^ceil(u/2) times the smallest; the index has the addresses of the first levels'.
  const inIndex = 2 * Math.log2(shape.pointersInSecondary);
  const levels = 1 + shape.mostBits - Math.log2(shape.smallestBlock);
  for (let level = 0; level < levels && first < shape.count; level++) {
    const blocks = 2 ** Math.floor(level / 2);
    const length = shape.smallestBlock * 2 ** Math.ceil(level / 2);
    const pages = length > shape.pageLength ? length / shape.pageLength : 0;
    const reader = level < inIndex ? index : secondaryBlock(source, index, shape, blocks, pages);
    if (reader === null) {
      first += blocks * length;
      continue;
    }
    const written = level >= inIndex && pages > 0 ? reader.take(Math.ceil(pages / 8) * blocks) : undefined;
    for (let block = 0; block < blocks && first < shape.count; block++, first += length) {
      const address = source.address(reader);
      if (address === null) continue;
      const bitmap = written?.subarray(block * Math.ceil(pages / 8), (block + 1) * Math.ceil(pages / 8));
      walkBlock(source, address, { shape, first, length, pages, bitmap: bitmap ?? null }, readEntry, visit);
    }
  }
}

/** The block of addresses that a level has to itself; null where nothing was written there. */
function secondaryBlock(
  source: Hdf5Source,
  index: FileReader,
  shape: ArrayShape,
  blocks: number,
  pages: number,
): FileReader | null {
  const address = source.address(index);
  if (address === null) return null;
  const block = source.structure(address, "EASB", "a block of its index of chunks");
  block.skip(2 + source.addressSize + Math.ceil(shape.mostBits / 8));
  const needed = blocks * source.addressSize + (pages > 0 ? Math.ceil(pages / 8) * blocks : 0);
  if (needed > block.left) throw block.damaged(`has ${blocks} addresses`);
  return block;
}

interface EntryBlock {
  readonly shape: ArrayShape;
  /** Number of its first entry. */
  readonly first: number;
  readonly length: number;
  /** How many it is cut into; 0: none. */
  readonly pages: number;
  /** Which of them were written. */
  readonly bitmap: Uint8Array | null;
}

function walkBlock(
  source: Hdf5Source,
  at: number,
  block: EntryBlock,
  readEntry: EntryReader,
  visit: ChunkVisitor,
): void {
  const { shape, first, length, pages, bitmap } = block;
  const data = source.structure(at, "EADB", "a block of its index of chunks");
  data.skip(2 + source.addressSize + Math.ceil(shape.mostBits / 8));
  const entries = Math.min(length, shape.count - first);
  if (pages === 0) {
    for (let entry = 0; entry < entries; entry++) readEntry(data, first + entry, visit);
    return;
  }
  source.endWithChecksum(data);
  for (let page = 0; page * shape.pageLength < entries; page++) {
    const bytes = data.take(shape.pageLength * shape.entrySize + 4);
    if (bitmap !== null && ((bitmap[page >> 3] ?? 0) & (0x80 >> (page & 7))) === 0) continue;
    const reader = source.file.readerOver(bytes, data.what);
    const here = Math.min(shape.pageLength, entries - page * shape.pageLength);
    for (let entry = 0; entry < here; entry++) readEntry(reader, first + page * shape.pageLength + entry, visit);
  }
}

import { figure } from "../file-error.ts";
import type { FileReader } from "../file-reader.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

/** Gets the number of a chunk, where it is (null: never written), its size and mask. */
export type ChunkVisitor = (number: number, address: number | null, size: number, mask: number) => void;

/** The index of datasets whose size is fixed: one array of addresses, in pages where it is long. */
export function walkFixedArray(source: Hdf5Source, address: number, chunkBytes: number, visit: ChunkVisitor): void {
  const head = source.structure(address, "FAHD", "its index of chunks");
  head.skip(1);
  const [isFiltered, entrySize, pageBits] = [head.uint8() === 1, head.uint8(), head.uint8()];
  const count = source.length(head);
  const block = source.address(head);
  source.endWithChecksum(head);
  if (block === null) return;
  const data = source.structure(block, "FADB", "its array of chunks");
  if (count * entrySize > data.left || pageBits > 31) throw data.damaged(`has ${figure(count)} entries`);
  data.skip(2 + source.addressSize);
  const pageLength = 2 ** pageBits;
  const readEntry = chunkEntryReader(source, isFiltered, entrySize, chunkBytes);
  if (count <= pageLength) {
    for (let number = 0; number < count; number++) readEntry(data, number, visit);
    source.endWithChecksum(data);
    return;
  }
  const written = data.take(Math.ceil(Math.ceil(count / pageLength) / 8));
  source.endWithChecksum(data);
  for (let first = 0, page = 0; first < count; first += pageLength, page++) {
    const length = Math.min(pageLength, count - first);
    const bytes = data.take(length * entrySize + 4);
    if (((written[page >> 3] ?? 0) & (0x80 >> (page & 7))) === 0) continue;
    const entries = source.file.readerOver(bytes, "a page of its array of chunks");
    for (let entry = 0; entry < length; entry++) readEntry(entries, first + entry, visit);
    source.endWithChecksum(entries);
  }
}

/** Reads an entry of either kind of array: an address, and with filters the size and the mask as well. */
export function chunkEntryReader(source: Hdf5Source, isFiltered: boolean, entrySize: number, chunkBytes: number) {
  const sizeWidth = entrySize - source.addressSize - 4;
  return (reader: FileReader, number: number, visit: ChunkVisitor): void => {
    source.file.takeStep();
    const address = source.address(reader);
    if (!isFiltered) {
      visit(number, address, chunkBytes, 0);
      return;
    }
    if (sizeWidth < 1 || sizeWidth > 8) throw reader.damaged(`has entries of ${entrySize} bytes`);
    const size = reader.uint(sizeWidth);
    visit(number, address, size, reader.uint32());
  };
}

import type { Hdf5Source } from "./hdf5-source.ts";

/**
 * A string of any length: of how many bytes, and under which number of which collection.
 *
 * @param element - As it stands in the attribute or dataset: length, address of the collection, number in it.
 */
export function readHeapText(source: Hdf5Source, element: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  source.file.takeStep();
  const reader = source.file.readerOver(element, "a string of its heap");
  const length = reader.uint32();
  const address = source.address(reader);
  const number = reader.uint32();
  if (length === 0 || address === null || address === 0) return new Uint8Array(0);
  const collection = source.textHeaps.get(address) ?? readCollection(source, address);
  source.textHeaps.set(address, collection);
  const found = collection.get(number);
  if (found === undefined || found.length < length) throw reader.damaged(`has number ${number}, which isn't there`);
  return found.subarray(0, length);
}

function readCollection(source: Hdf5Source, address: number): ReadonlyMap<number, Uint8Array<ArrayBuffer>> {
  const found = new Map<number, Uint8Array<ArrayBuffer>>();
  const collection = source.structure(address, "GCOL", "its global heap");
  collection.skip(4);
  const end = source.length(collection);
  while (collection.at + 8 + source.lengthSize <= end) {
    source.file.takeStep();
    const number = collection.uint16();
    collection.skip(6);
    const size = source.length(collection);
    // Number 0 is the room that is left.
    if (number === 0) break;
    found.set(number, collection.take(size));
    collection.skip(-size & 7);
  }
  return found;
}

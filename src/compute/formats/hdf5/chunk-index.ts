import { TREE_OF, walkTree1 } from "./b-tree-1.ts";
import { walkTree2 } from "./b-tree-2.ts";
import type { ChunkIndex } from "./data-layout.ts";
import { elementsOf } from "./dataspace.ts";
import { walkExtensibleArray } from "./extensible-array.ts";
import { walkFixedArray } from "./fixed-array.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

/** A chunk as it is stored. */
export interface StoredChunk {
  /** Of its first element, in chunks along each dimension. */
  readonly place: readonly number[];
  readonly address: number;
  /** In bytes, as stored. */
  readonly size: number;
  /** Bit by bit the filters that it went without. */
  readonly mask: number;
}

/** The dataset that the chunks make up. */
export interface ChunkGrid {
  readonly index: ChunkIndex;
  /** Chunks along each dimension. */
  readonly counts: readonly number[];
  /** As many as there can be once it has grown. */
  readonly mostCounts: readonly number[];
  readonly chunk: readonly number[];
  /** Of a chunk without filters, in bytes. */
  readonly chunkBytes: number;
  readonly isFiltered: boolean;
}

/** Every chunk that was written, in the order of its index. */
export function storedChunks(source: Hdf5Source, grid: ChunkGrid): StoredChunk[] {
  const { index, counts, mostCounts, chunk, chunkBytes, isFiltered } = grid;
  if (index.address === null) return [];
  const found: StoredChunk[] = [];
  const placed = (number: number, address: number | null, size: number, mask: number): void => {
    if (address !== null) found.push({ place: placeOf(number, mostCounts), address, size, mask });
  };
  switch (index.kind) {
    case "single":
      placed(0, index.address, index.packed?.size ?? chunkBytes, index.packed?.mask ?? 0);
      break;
    case "implicit":
      for (let number = 0; number < elementsOf(counts); number++) {
        source.file.takeStep();
        placed(number, index.address + number * chunkBytes, chunkBytes, 0);
      }
      break;
    case "fixed-array":
      walkFixedArray(source, index.address, chunkBytes, placed);
      break;
    case "extensible-array":
      walkExtensibleArray(source, index.address, chunkBytes, placed);
      break;
    case "b-tree-1":
      walkTree1(
        source,
        index.address,
        TREE_OF.chunks,
        (reader) => {
          const [size, mask] = [reader.uint32(), reader.uint32()];
          const place = chunk.map((length) => reader.uint(8) / length);
          reader.skip(8);
          return { size, mask, place };
        },
        (key, address) => found.push({ ...key, address }),
      );
      break;
    case "b-tree-2":
      walkTree2(source, index.address, (record, recordSize) => {
        const address = source.target(record);
        const sizeWidth = recordSize - source.addressSize - 4 - 8 * chunk.length;
        const size = isFiltered ? record.uint(sizeWidth) : chunkBytes;
        const mask = isFiltered ? record.uint32() : 0;
        found.push({ place: chunk.map(() => record.uint(8)), address, size, mask });
      });
  }
  return found;
}

/**
 * Where the chunk with this number is: they are numbered as if every dimension had grown as far as it can, the last one
 * running fastest and one without an end slowest.
 */
function placeOf(number: number, mostCounts: readonly number[]): number[] {
  const endless = mostCounts.indexOf(Number.POSITIVE_INFINITY);
  const place = mostCounts.map(() => 0);
  let rest = number;
  for (let along = mostCounts.length - 1; along >= 0; along--) {
    if (along === endless) continue;
    const count = mostCounts[along] ?? 1;
    place[along] = rest % count;
    rest = Math.floor(rest / count);
  }
  if (endless >= 0) place[endless] = rest;
  return place;
}

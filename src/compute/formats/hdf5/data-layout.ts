import { ComputeError } from "../../errors.ts";
import type { FileReader } from "../file-reader.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

/** How the chunks of a dataset are found. */
export type ChunkIndex =
  | { readonly kind: "b-tree-1"; readonly address: number | null }
  /** The dataset is one chunk; `packed` tells what filters made of it. */
  | { readonly kind: "single"; readonly address: number | null; readonly packed: { size: number; mask: number } | null }
  /** One after the other. */
  | { readonly kind: "implicit"; readonly address: number | null }
  | { readonly kind: "fixed-array"; readonly address: number | null }
  | { readonly kind: "extensible-array"; readonly address: number | null }
  | { readonly kind: "b-tree-2"; readonly address: number | null };

/** Where the elements of a dataset are. */
export type DataLayout =
  | { readonly kind: "compact"; readonly bytes: Uint8Array<ArrayBuffer> }
  /** In one piece; null: nothing was written. */
  | { readonly kind: "contiguous"; readonly address: number | null }
  | { readonly kind: "chunked"; readonly chunk: readonly number[]; readonly index: ChunkIndex };

const [COMPACT, CONTIGUOUS, CHUNKED] = [0, 1, 2];
/** Of a version 4 layout's flags: its only chunk is filtered. */
const PACKED_SINGLE = 2;

export function readLayout(source: Hdf5Source, reader: FileReader): DataLayout {
  const version = reader.uint8();
  if (version < 3) return readOldLayout(source, reader);
  const kind = reader.uint8();
  if (kind === COMPACT) return { kind: "compact", bytes: reader.take(reader.uint16()) };
  if (kind === CONTIGUOUS) return { kind: "contiguous", address: source.address(reader) };
  if (kind !== CHUNKED) throw unknownLayout(source, kind === 3 ? "virtual" : `of class ${kind}`);
  if (version === 3) {
    const rank = reader.uint8();
    const address = source.address(reader);
    const chunk = chunkOf(reader, rank, 4);
    return { kind: "chunked", chunk, index: { kind: "b-tree-1", address } };
  }
  if (version > 5) throw unknownLayout(source, `of version ${version}`);
  const flags = reader.uint8();
  const rank = reader.uint8();
  const chunk = chunkOf(reader, rank, reader.uint8());
  return { kind: "chunked", chunk, index: readIndex(source, reader, flags) };
}

/** Versions 1 and 2: the shape stands in every kind. */
function readOldLayout(source: Hdf5Source, reader: FileReader): DataLayout {
  const rank = reader.uint8();
  const kind = reader.uint8();
  reader.skip(5);
  const address = kind === COMPACT ? null : source.address(reader);
  if (kind === CHUNKED) {
    return { kind: "chunked", chunk: chunkOf(reader, rank, 4), index: { kind: "b-tree-1", address } };
  }
  reader.skip(4 * rank);
  if (kind === CONTIGUOUS) return { kind: "contiguous", address };
  return { kind: "compact", bytes: reader.take(reader.uint32()) };
}

/** A chunk's shape; the size of an element, which the file says last, is left out. */
function chunkOf(reader: FileReader, rank: number, width: number): number[] {
  if (rank < 2 || rank > 33 || width < 1 || width > 8) throw reader.damaged(`has chunks of ${rank} dimensions`);
  const chunk = Array.from({ length: rank }, () => reader.uint(width)).slice(0, -1);
  if (chunk.some((size) => size === 0)) throw reader.damaged("has chunks of no elements");
  return chunk;
}

function readIndex(source: Hdf5Source, reader: FileReader, flags: number): ChunkIndex {
  const kind = reader.uint8();
  switch (kind) {
    case 1: {
      const packed = flags & PACKED_SINGLE ? { size: source.length(reader), mask: reader.uint32() } : null;
      return { kind: "single", address: source.address(reader), packed };
    }
    case 2:
      return { kind: "implicit", address: source.address(reader) };
    case 3:
      reader.skip(1);
      return { kind: "fixed-array", address: source.address(reader) };
    case 4:
      reader.skip(5);
      return { kind: "extensible-array", address: source.address(reader) };
    case 5:
      reader.skip(6);
      return { kind: "b-tree-2", address: source.address(reader) };
    default:
      throw reader.damaged(`has chunks in an index of kind ${kind}`);
  }
}

function unknownLayout(source: Hdf5Source, kind: string): ComputeError {
  return new ComputeError(
    "input",
    `${source.file.name} has a dataset whose layout is ${kind}, which is not read here.`,
    "Save it again from Keras.",
  );
}

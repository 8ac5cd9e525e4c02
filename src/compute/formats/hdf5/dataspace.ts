import { figure } from "../file-error.ts";
import type { FileReader } from "../file-reader.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

/** What HDF5 allows itself. */
const MOST_DIMENSIONS = 32;
const EMPTY = 2;

export interface Dataspace {
  /** [] of a single element, [0] where there is none at all. */
  readonly dims: readonly number[];
  /** What each dimension can grow to; Infinity where nothing stops it. */
  readonly mostDims: readonly number[];
}

export function readDataspace(source: Hdf5Source, reader: FileReader): Dataspace {
  const version = reader.uint8();
  const rank = reader.uint8();
  if (rank > MOST_DIMENSIONS) throw reader.damaged(`has ${rank} dimensions`);
  const canGrow = (reader.uint8() & 1) !== 0;
  if (version === 1) reader.skip(5);
  else if (reader.uint8() === EMPTY) return { dims: [0], mostDims: [0] };
  const dims = Array.from({ length: rank }, () => source.length(reader));
  if (!Number.isSafeInteger(elementsOf(dims))) throw reader.damaged(`has ${dims.map(figure).join(" x ")} elements`);
  const mostDims = dims.map((size) =>
    canGrow ? Math.max(size, reader.address(source.lengthSize) ?? Number.POSITIVE_INFINITY) : size,
  );
  return { dims, mostDims };
}

export const elementsOf = (dims: readonly number[]): number => dims.reduce((product, size) => product * size, 1);

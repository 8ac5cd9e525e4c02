/** Which part of a dataset a chunk is. */
export interface ChunkPlace {
  readonly dims: readonly number[];
  readonly chunk: readonly number[];
  /** In chunks along each dimension. */
  readonly place: readonly number[];
  readonly elementSize: number;
}

/** Writes a chunk where it belongs, row by row; what reaches past the dataset's edges is left out. */
export function placeChunk(
  whole: Uint8Array,
  bytes: Uint8Array,
  { dims, chunk, place, elementSize }: ChunkPlace,
): void {
  const last = dims.length - 1;
  const first = place.map((at, along) => at * (chunk[along] ?? 1));
  const lengths = chunk.map((length, along) => Math.min(length, (dims[along] ?? 0) - (first[along] ?? 0)));
  const rowBytes = (lengths[last] ?? 1) * elementSize;
  const copyFrom = (along: number, from: number, to: number): void => {
    if (along >= last) {
      whole.set(bytes.subarray(from * elementSize, from * elementSize + rowBytes), to * elementSize);
      return;
    }
    for (let step = 0; step < (lengths[along] ?? 0); step++) {
      const nextFrom = (from + step) * (chunk[along + 1] ?? 1);
      const nextTo = (to + step) * (dims[along + 1] ?? 1) + (first[along + 1] ?? 0);
      copyFrom(along + 1, nextFrom, nextTo);
    }
  };
  copyFrom(0, 0, first[0] ?? 0);
}

import { ComputeError } from "../../errors.ts";
import type { GraphFile } from "./graph-session.ts";

/** WebAssembly addresses 4 GB; the rest is left for the pictures. */
export const MOST_BYTES = 3.5e9;

/**
 * What opening a graph takes at its peak: of weights in the file four times their size (the bytes, what protobuf makes
 * of them, the tensors and their repacked copies; measured from 14 to 331 MB), of those beside it twice.
 */
export function sessionBytes({ file, beside }: Pick<GraphFile, "file" | "beside">): number {
  const apart = [...beside.values()].reduce((sum, { length }) => sum + length, 0);
  return 4 * file.length + 2 * apart;
}

/** Throw when a model can't fit, before anything of it is copied. */
export function throwIfTooLarge({ name, file, beside }: GraphFile): void {
  const needed = sessionBytes({ file, beside });
  if (needed <= MOST_BYTES) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new ComputeError(
    "memory",
    `${name} needs about ${gigabytes(needed)}, an engine in a page has ${gigabytes(MOST_BYTES)}.`,
    "Export it in float16, with its weights beside it, or take a smaller one.",
  );
}

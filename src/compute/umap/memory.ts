import { ComputeError } from "../errors.ts";
import { takesDescent } from "./neighbors/choose-search.ts";
import type { UmapOptions } from "./options.ts";

/** WebAssembly addresses 4 GB; the rest is left for what lies beside the tables. */
const MOST_BYTES = 3.5e9;

/** Candidates of a kind that NN-descent gives each row in its first effort. */
export const FIRST_CANDIDATES = 24;

/** Candidates kept beside the neighbours wanted, so that rounding can't push a true one out of the list. */
export const SPARE_CANDIDATES = 6;

/** Columns as stored: a multiple of 4, for angular metrics with one to spare (the direction of a row of zeros). */
export function paddedColumns(columns: number, metric: UmapOptions["metric"]): number {
  const spare = metric === "cosine" || metric === "correlation" ? 1 : 0;
  return (columns + spare + 3) & ~3;
}

/** Columns that are searched: all of them, or `pca` principal components where that is fewer. */
export function columnsSearched(columns: number, { pca }: Pick<UmapOptions, "pca">): number {
  return Math.min(columns, pca ?? columns);
}

/** Bytes that `umap` takes at its peak, the caller's own rows not counted. */
export function umapMemory(
  rows: number,
  columns: number,
  options: Pick<UmapOptions, "nNeighbors" | "nComponents" | "metric" | "neighborSearch">,
): number {
  const others = Math.max(0, Math.min(options.nNeighbors, rows - 1) - 1);
  const keep = Math.min(rows - 1, others + SPARE_CANDIDATES);
  const points = paddedColumns(columns, options.metric) * 4;
  // Whole numbers of 16 bits, candidate lists, the neighbours in double precision and out of the kernels, the order.
  const exact = points / 2 + 8 + keep * 8 + others * 20 + 100;
  // Lists, candidates fresh and old, and the neighbours twice.
  const descent = keep * 8 + FIRST_CANDIDATES * 8 + others * 20 + 16;
  const search = takesDescent(rows, columns, options.neighborSearch, "CPU", others) ? descent : exact;
  // Strengths and their transpose, the union, and the layout's padded copy of it.
  const graph = others * (8 + 8 + 16 + 24) + 32;
  const layout = options.nComponents * 20;
  return rows * (points + Math.max(search, others * 8 + graph + layout));
}

/** Throw when the run can't fit, before anything is allocated. */
export function throwIfTooLarge(rows: number, columns: number, options: UmapOptions): void {
  const needed = umapMemory(rows, columns, options);
  if (needed <= MOST_BYTES) return;
  throw new ComputeError(
    "memory",
    `Needs ${describeBytes(needed)}, this page has about ${describeBytes(MOST_BYTES)}.`,
    "Try pca=50 or a sample.",
  );
}

export function describeBytes(count: number): string {
  if (count < 1e6) return `${Math.max(1, Math.round(count / 1e3))} kB`;
  return count < 1e9 ? `${Math.round(count / 1e6)} MB` : `${(count / 1e9).toFixed(1)} GB`;
}

import type { Progress } from "../../job.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { FoundNeighbors } from "../backend.ts";
import { SPARE_CANDIDATES } from "../memory.ts";
import { descendByEfforts } from "../neighbors/descent-efforts.ts";
import type { NeighborGraph } from "../options.ts";
import { GpuDescentSearch } from "./descent/gpu-descent-search.ts";
import type { GpuRows } from "./gpu-rows.ts";

/**
 * Most of the `k` nearest other rows of every row by NN-descent: the lists of `nnDescent`, bit by bit.
 *
 * As in Wang et al., "Fast k-NN graph construction by GPU based NN-descent" (CIKM 2021), the candidates of a row are
 * compared as one tile; unlike there, no list is written to by two lanes, so no lock is needed and nothing is left to
 * chance.
 *
 * @param rows Normalised already for "cosine" and "correlation".
 * @param measure Share of the true neighbours in a graph of these rows.
 */
export async function gpuDescent(
  rows: GpuRows,
  k: number,
  seed: number,
  measure: (graph: NeighborGraph) => Promise<number>,
  pace: Pace,
  onProgress?: (progress: Progress) => void,
): Promise<FoundNeighbors> {
  const keep = Math.min(rows.rows - 1, k + SPARE_CANDIDATES);
  const search = await GpuDescentSearch.create(rows, k, keep, seed, pace);
  try {
    return await descendByEfforts(search, measure, onProgress);
  } finally {
    search.release();
  }
}

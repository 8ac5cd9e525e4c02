import type { Progress } from "../../job.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { FoundNeighbors } from "../backend.ts";
import { SPARE_CANDIDATES } from "../memory.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";
import { descendByEfforts } from "./descent-efforts.ts";
import { NnDescentSearch } from "./nn-descent-search.ts";

/**
 * Most of the `k` nearest other rows of every row, without comparing all: random projection trees, then NN-descent
 * (Dong, Charikar, Li, "Efficient k-nearest neighbor graph construction", WWW 2011) as pynndescent does it. The
 * distances given are exact, and the same bits come out at every run; `gpuDescent` gives them too.
 *
 * @param points Normalised already for "cosine" and "correlation".
 * @param unit What distances are divided by on their way out.
 * @param measure Share of the true neighbours in a graph of these rows.
 */
export function nnDescent(
  points: StoredPoints,
  k: number,
  metric: Metric,
  unit: number,
  seed: number,
  measure: (graph: NeighborGraph) => Promise<number>,
  pace: Pace,
  onProgress?: (progress: Progress) => void,
): Promise<FoundNeighbors> {
  const keep = Math.min(points.rows - 1, k + SPARE_CANDIDATES);
  return descendByEfforts(new NnDescentSearch(points, k, keep, metric, unit, seed, pace), measure, onProgress);
}

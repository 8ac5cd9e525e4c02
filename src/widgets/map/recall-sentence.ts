import type { UmapResult } from "../../compute/umap/result.ts";
import type { MapInput } from "./map-input.ts";

/**
 * What share of the true neighbours a map rests on, where that is not all of them and its notices do not tell: those
 * of a map that is laid out again no longer do. Null where there is nothing to tell.
 */
export function recallSentence(
  { recall, notices }: Pick<UmapResult, "recall" | "notices">,
  { points, pca }: Pick<MapInput, "points" | "pca">,
): string | null {
  if (recall >= 1 || notices.some((notice) => notice.includes("% of the neighbours"))) return null;
  // Rounded down: 100 % is said of nothing that was lost.
  const share = Math.floor(recall * 1000) / 10;
  const columns = points?.shape[1] ?? 0;
  return pca !== null && pca < columns
    ? `PCA to ${pca} of ${columns} columns keeps ${share} % of the neighbours (estimated from a sample).`
    : `NN-descent has found ${share} % of the neighbours (estimated from a sample).`;
}

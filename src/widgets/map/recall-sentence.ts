import { describeUnusedPca } from "../../compute/umap/reduce/unused-pca.ts";
import type { UmapResult } from "../../compute/umap/result.ts";
import type { MapInput } from "./map-input.ts";

/**
 * What the search that a map rests on has left out, its columns or its neighbours, where the map's notices do not tell:
 * those of a map that is laid out again no longer do. Null where there is nothing to tell.
 */
export function recallSentence(
  { recall, notices }: Pick<UmapResult, "recall" | "notices">,
  { points, pca }: Pick<MapInput, "points" | "pca">,
): string | null {
  const columns = points?.shape[1] ?? 0;
  const isReduced = pca !== null && pca < columns;
  const told: string[] = [];
  if (pca !== null && !isReduced && columns > 0) {
    const unused = describeUnusedPca(pca, columns);
    if (!notices.includes(unused)) told.push(unused);
  }
  if (recall < 1 && !notices.some((notice) => notice.includes("% of the neighbours"))) {
    // Rounded down: 100 % is said of nothing that was lost.
    const share = Math.floor(recall * 1000) / 10;
    const what = isReduced ? `PCA to ${pca} of ${columns} columns keeps` : "NN-descent has found";
    told.push(`${what} ${share} % of the neighbours (estimated from a sample).`);
  }
  return told.join(" ") || null;
}

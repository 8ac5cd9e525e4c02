import type { Matrix } from "../../matrix.ts";
import type { Pace } from "../../runtime/pace.ts";
import { type NeighborRecall, neighborRecall } from "../neighbors/neighbor-recall.ts";
import type { Metric, NeighborGraph, UmapOptions } from "../options.ts";
import type { UmapJob } from "../result.ts";
import { type PointsSummary, validatePoints } from "../validate-points.ts";
import { reduceColumns } from "./reduce-columns.ts";
import { describeUnusedPca } from "./unused-pca.ts";

/** The rows as neighbours are searched among them. */
export interface SearchedRows {
  readonly points: Matrix;
  readonly summary: PointsSummary;
  readonly metric: Metric;
  /** What became of the columns, and what it cost; null where nothing was asked or lost. */
  readonly describe: ((graph: NeighborGraph) => Promise<NeighborRecall & { readonly notice: string }>) | null;
}

/** The rows reduced to `options.pca` columns, where that is asked for and fewer than there are. */
export async function reduceFirst(
  points: Matrix,
  summary: PointsSummary,
  options: UmapOptions,
  notices: string[],
  job: UmapJob,
  pace: Pace,
): Promise<SearchedRows> {
  const { columns } = points;
  const { metric, seed, pca } = options;
  if (pca !== null && pca >= columns) notices.push(describeUnusedPca(pca, columns));
  if (pca === null || pca >= columns) return { points, summary, metric, describe: null };
  const reduced = await reduceColumns(points, summary, pca, metric, seed, pace, job.onProgress);
  return {
    points: reduced.points,
    summary: await validatePoints(reduced.points, pace),
    metric: reduced.metric,
    async describe(graph) {
      const { recall, rows } = await neighborRecall(points, summary.scale, graph, metric, seed, pace);
      // Rounded down: 100 % is said of nothing that was lost.
      const share = Math.floor(recall * 100);
      const sample = rows < points.rows ? ` (sample of ${rows} rows)` : "";
      return {
        recall,
        rows,
        notice: `PCA to ${pca} of ${columns} columns keeps ${share} % of the neighbours${sample}.`,
      };
    },
  };
}

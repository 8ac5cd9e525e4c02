import type { Matrix } from "../../../../src/compute/matrix.ts";
import { callerAlone } from "../../../../src/compute/runtime/caller-alone.ts";
import type { Crew } from "../../../../src/compute/runtime/crew.ts";
import { Pace } from "../../../../src/compute/runtime/pace.ts";
import { Arena } from "../../../../src/compute/umap/arena.ts";
import { exactNeighbors } from "../../../../src/compute/umap/neighbors/exact-neighbors.ts";
import type { Metric, NeighborGraph } from "../../../../src/compute/umap/options.ts";
import { normaliseStored, storePoints } from "../../../../src/compute/umap/stored-points.ts";
import { validatePoints } from "../../../../src/compute/umap/validate-points.ts";

/** The neighbour search alone, as `umap` runs it. */
export async function findNeighbors(
  points: Matrix,
  k: number,
  metric: Metric,
  crew: Crew = callerAlone(1),
): Promise<NeighborGraph> {
  const pace = new Pace(undefined);
  const summary = await validatePoints(points, pace);
  const stored = await storePoints(await Arena.create(), points, summary, metric, pace);
  const angular = metric === "cosine" || metric === "correlation";
  if (angular) await normaliseStored(stored, metric, pace);
  return exactNeighbors(stored, k, metric, angular ? 1 : summary.scale, crew, pace);
}

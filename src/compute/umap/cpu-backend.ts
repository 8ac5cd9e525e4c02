import type { Crew } from "../runtime/crew.ts";
import { Arena } from "./arena.ts";
import type { Backend } from "./backend.ts";
import { smoothDistances } from "./graph/fuzzy-graph.ts";
import { smoothByCrew } from "./graph/shared-smoothing.ts";
import { settleLayout } from "./layout/settle-layout.ts";
import { umapMemory } from "./memory.ts";
import { takesDescent } from "./neighbors/choose-search.ts";
import { exactNeighbors } from "./neighbors/exact-neighbors.ts";
import { neighborRecall } from "./neighbors/neighbor-recall.ts";
import { nnDescent } from "./neighbors/nn-descent.ts";
import { SharedSearch } from "./neighbors/shared-search.ts";
import type { NeighborGraph } from "./options.ts";
import { principalComponents } from "./start/principal-components.ts";
import { normaliseStored, storePoints } from "./stored-points.ts";

/** WebAssembly: on every machine and with any number of workers the same bits. */
export function cpuBackend(reason: string, crew: Crew): Backend {
  return {
    name: "CPU",
    reason,
    async store(points, summary, options, pace) {
      const arena = await Arena.create();
      arena.reserve(umapMemory(points.rows, points.columns, options));
      const stored = await storePoints(arena, points, summary, options.metric, pace);
      const isDescent = (k = 0) => takesDescent(points.rows, points.columns, options.neighborSearch, "CPU", k);
      let begun: SharedSearch | null = null;
      return {
        readsAgain: isDescent(),
        components: (count, own) => principalComponents(stored, count, own),
        expectNeighbors(k, metric) {
          // The rows of angular metrics are not normalised yet.
          if (metric === "euclidean" && !isDescent(k) && SharedSearch.isWorthwhile(stored, crew))
            begun = new SharedSearch(stored, k, crew);
        },
        async neighbors(k, metric, own, onProgress) {
          const isAngular = metric === "cosine" || metric === "correlation";
          if (isAngular) await normaliseStored(stored, metric, own);
          const unit = isAngular ? 1 : summary.scale;
          if (isDescent(k)) {
            const measure = async (graph: NeighborGraph) =>
              (await neighborRecall(points, summary.scale, graph, metric, options.seed, own)).recall;
            return nnDescent(stored, k, metric, unit, options.seed, measure, own, onProgress);
          }
          return { graph: await exactNeighbors(stored, k, metric, unit, crew, own, onProgress, begun), recall: 1 };
        },
        // The arena goes with the last reference to it.
        release: () => begun?.dismiss(),
      };
    },
    smooth: async (neighbors, localConnectivity, pace) =>
      crew.size > 1
        ? smoothByCrew(neighbors, localConnectivity, crew, pace)
        : smoothDistances(await Arena.create(), neighbors, localConnectivity, pace),
    settle: (graph, start, firstEpoch, epochs, options, job, pace) =>
      settleLayout(graph, start, firstEpoch, epochs, options, job, pace, crew),
  };
}

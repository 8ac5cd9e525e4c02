import type { Gpu } from "../../webgpu/gpu.ts";
import type { Backend } from "../backend.ts";
import { takesDescent } from "../neighbors/choose-search.ts";
import { neighborRecall } from "../neighbors/neighbor-recall.ts";
import type { NeighborGraph } from "../options.ts";
import { gpuComponents } from "./gpu-components.ts";
import { gpuDescent } from "./gpu-descent.ts";
import { gpuLayout } from "./gpu-layout.ts";
import { gpuNeighbors } from "./gpu-neighbors.ts";
import { GpuRows } from "./gpu-rows.ts";
import { gpuSmooth } from "./gpu-smooth.ts";

/**
 * WebGPU, with the CPU's bits where it searches as the CPU does: all pairs are compared up to a larger size. Its stages
 * throw `GpuFailure` when the device fails; `withFallback` goes on then.
 */
export function gpuBackend(gpu: Gpu): Backend {
  return {
    name: "WebGPU",
    reason: `WebGPU: ${gpu.name}.`,
    async store(points, summary, options, pace) {
      const stored = await GpuRows.store(gpu, points, summary, options.metric, pace);
      const isDescent = (k = 0) => takesDescent(points.rows, points.columns, options.neighborSearch, "WebGPU", k);
      return {
        readsAgain: isDescent(),
        components: (count, own) => gpuComponents(stored, count, own),
        async neighbors(k, metric, own, onProgress) {
          if (stored.isAngular) await stored.normalise(own);
          if (!isDescent(k)) return { graph: await gpuNeighbors(stored, k, own, onProgress), recall: 1 };
          const measure = async (graph: NeighborGraph) =>
            (await neighborRecall(points, summary.scale, graph, metric, options.seed, own)).recall;
          return gpuDescent(stored, k, options.seed, measure, own, onProgress);
        },
        release: () => stored.release(),
      };
    },
    smooth: (neighbors, localConnectivity, pace) => gpuSmooth(gpu, neighbors, localConnectivity, pace),
    settle: (graph, start, firstEpoch, epochs, options, job, pace) =>
      gpuLayout(gpu, graph, start, firstEpoch, epochs, options, job, pace),
  };
}

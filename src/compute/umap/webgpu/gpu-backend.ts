import type { Gpu } from "../../webgpu/gpu.ts";
import type { Backend } from "../backend.ts";
import type { UmapOptions } from "../options.ts";
import { gpuComponents } from "./gpu-components.ts";
import { gpuLayout } from "./gpu-layout.ts";
import { gpuNeighbors } from "./gpu-neighbors.ts";
import { GpuRows } from "./gpu-rows.ts";
import { gpuSmooth } from "./gpu-smooth.ts";

/** Rows squared times columns up to which "auto" is exact: a laptop's GPU, at 1 TFLOP/s, takes some 100 s (estimated). */
const MOST_EXACT = 5e13;

/**
 * WebGPU, with the CPU's bits where that is exact too. Its stages throw `GpuFailure` when the device fails; `withFallback`
 * goes on then.
 *
 * @param cpu Does NN-descent, where that is asked for or all pairs are too many.
 */
export function gpuBackend(gpu: Gpu, cpu: Backend): Backend {
  return {
    name: "WebGPU",
    reason: `WebGPU: ${gpu.name}.`,
    async store(points, summary, options, pace) {
      const stored = await GpuRows.store(gpu, points, summary, options.metric, pace);
      return {
        // By the CPU, where it does the search.
        readsAgain: true,
        components: (count, own) => gpuComponents(stored, count, own),
        async neighbors(k, metric, own, onProgress) {
          if (!isExact(points.rows, points.columns, options.neighborSearch)) {
            const descending = { ...options, neighborSearch: "nn-descent" as const };
            const rows = await cpu.store(points, summary, descending, own);
            return rows.neighbors(k, metric, own, onProgress).finally(() => rows.release());
          }
          if (stored.isAngular) await stored.normalise(own);
          return { graph: await gpuNeighbors(stored, k, own, onProgress), recall: 1 };
        },
        release: () => stored.release(),
      };
    },
    smooth: (neighbors, localConnectivity, pace) => gpuSmooth(gpu, neighbors, localConnectivity, pace),
    settle: (graph, start, firstEpoch, epochs, options, job, pace) =>
      gpuLayout(gpu, graph, start, firstEpoch, epochs, options, job, pace),
  };
}

function isExact(rows: number, columns: number, search: UmapOptions["neighborSearch"]): boolean {
  return search === "exact" || (search === "auto" && rows * rows * columns <= MOST_EXACT);
}

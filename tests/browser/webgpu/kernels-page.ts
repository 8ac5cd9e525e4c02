// What neighbors.test.ts and smooth.test.ts ask of the kernels, in a page: all goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import { Arena } from "../../../src/compute/umap/arena.ts";
import { type Memberships, smoothDistances } from "../../../src/compute/umap/graph/fuzzy-graph.ts";
import type { Metric } from "../../../src/compute/umap/options.ts";
import { validatePoints } from "../../../src/compute/umap/validate-points.ts";
import { gpuNeighbors } from "../../../src/compute/umap/webgpu/gpu-neighbors.ts";
import { GpuRows } from "../../../src/compute/umap/webgpu/gpu-rows.ts";
import { gpuSmooth } from "../../../src/compute/umap/webgpu/gpu-smooth.ts";
import { requestGpu } from "../../../src/compute/webgpu/device.ts";
import { Gpu } from "../../../src/compute/webgpu/gpu.ts";

async function open(): Promise<Gpu> {
  const gpu = await requestGpu(true);
  if (!(gpu instanceof Gpu)) throw new Error(gpu.missing);
  return gpu;
}

export interface NeighborsAsked {
  readonly data: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
  readonly metric: Metric;
  /** Stop, or lose the device, when a search first tells how far it is. */
  readonly interrupt?: "cancel" | "lose";
  /** What a binding may hold, instead of 128 MiB. */
  readonly bindingBytes?: number;
}

const listsOf = ({ rhos, sigmas, weights }: Memberships) => ({
  rhos: [...rhos],
  sigmas: [...sigmas],
  weights: [...weights],
});

const kernels = {
  /** Distances of `k` neighbours a row, nearest first, to strengths: by the GPU and by the CPU. */
  async smooth(distances: readonly number[], k: number, localConnectivity: number) {
    const neighbors = { k, indices: new Int32Array(distances.length), distances: Float32Array.from(distances) };
    const pace = new Pace(undefined);
    return {
      gpu: listsOf(await gpuSmooth(await open(), neighbors, localConnectivity, pace)),
      cpu: listsOf(await smoothDistances(await Arena.create(), neighbors, localConnectivity, pace)),
    };
  },
  async neighbors({ data, rows, columns, k, metric, interrupt, bindingBytes }: NeighborsAsked) {
    const controller = new AbortController();
    const pace = new Pace(controller.signal);
    const stages = new Set<string>();
    try {
      const gpu = await open();
      const points = { data: Float32Array.from(data), rows, columns };
      const stored = await GpuRows.store(gpu, points, await validatePoints(points, pace), metric, pace, bindingBytes);
      try {
        if (stored.isAngular) await stored.normalise(pace);
        const found = await gpuNeighbors(stored, k, pace, ({ stage }) => {
          stages.add(stage);
          if (interrupt === "cancel") controller.abort();
          if (interrupt === "lose") gpu.device.destroy();
        });
        return { error: "", indices: [...found.indices], distances: [...found.distances], stages: [...stages] };
      } finally {
        stored.release();
      }
    } catch (thrown) {
      const { kind, reason, details } = ComputeError.from(thrown);
      return { error: `${kind}: ${reason}`, details, indices: [], distances: [], stages: [...stages] };
    }
  },
};

declare global {
  interface Window {
    kernels: typeof kernels;
  }
}
window.kernels = kernels;

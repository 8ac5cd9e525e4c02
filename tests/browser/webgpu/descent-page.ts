// What descent.test.ts asks of NN-descent in a page, on the GPU and on the CPU: all goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import type { Progress } from "../../../src/compute/job.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import type { FoundNeighbors } from "../../../src/compute/umap/backend.ts";
import { neighborRecall } from "../../../src/compute/umap/neighbors/neighbor-recall.ts";
import type { Metric, NeighborGraph } from "../../../src/compute/umap/options.ts";
import { validatePoints } from "../../../src/compute/umap/validate-points.ts";
import { gpuDescent } from "../../../src/compute/umap/webgpu/gpu-descent.ts";
import { GpuRows } from "../../../src/compute/umap/webgpu/gpu-rows.ts";
import { requestGpu } from "../../../src/compute/webgpu/device.ts";
import { Gpu } from "../../../src/compute/webgpu/gpu.ts";

export interface DescentAsked {
  readonly data: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
  readonly metric: Metric;
  readonly seed: number;
  /** Stop, or lose the device, when this share of the rows is told to be done. */
  readonly interrupt?: "cancel" | "lose";
  readonly share?: number;
  /** What a binding may hold, instead of 128 MiB. */
  readonly bindingBytes?: number;
}

async function search(asked: DescentAsked) {
  const { data, rows, columns, k, metric, seed, interrupt, share = 0, bindingBytes } = asked;
  const controller = new AbortController();
  const pace = new Pace(controller.signal);
  const heard: Progress[] = [];
  const efforts: number[] = [];
  const answer = (error: string, found?: FoundNeighbors) => ({
    error,
    indices: [...(found?.graph.indices ?? [])],
    distances: [...(found?.graph.distances ?? [])],
    recall: found?.recall ?? 0,
    efforts,
    heard,
  });
  try {
    const gpu = await requestGpu(true);
    if (!(gpu instanceof Gpu)) throw new Error(gpu.missing);
    const points = { data: Float32Array.from(data), rows, columns };
    const summary = await validatePoints(points, pace);
    const stored = await GpuRows.store(gpu, points, summary, metric, pace, bindingBytes);
    const measure = async (graph: NeighborGraph) => {
      const { recall } = await neighborRecall(points, summary.scale, graph, metric, 1, pace);
      efforts.push(recall);
      return recall;
    };
    try {
      if (stored.isAngular) await stored.normalise(pace);
      const found = await gpuDescent(stored, k, seed, measure, pace, (progress) => {
        heard.push(progress);
        if (progress.done < share * rows) return;
        if (interrupt === "cancel") controller.abort();
        if (interrupt === "lose") gpu.device.destroy();
      });
      return answer("", found);
    } finally {
      stored.release();
    }
  } catch (thrown) {
    const { kind, reason, details } = ComputeError.from(thrown);
    return answer(`${kind}: ${reason}${kind === "internal" ? ` ${details}` : ""}`);
  }
}

declare global {
  interface Window {
    descend: typeof search;
  }
}
window.descend = search;

// Computes whole maps in the page for map.test.ts; the device can be taken away on the way.
import { ComputeError } from "../../../src/compute/errors.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { umap } from "../../../src/compute/umap/index.ts";
import { type UmapOptions, umapDefaults } from "../../../src/compute/umap/options.ts";
import { requestGpu } from "../../../src/compute/webgpu/device.ts";
import { Gpu } from "../../../src/compute/webgpu/gpu.ts";

export interface MapAsked {
  readonly data: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly options: Partial<UmapOptions>;
  /** When the device is destroyed, or the run cancelled: before it begins, as the preview is shown, ... */
  readonly when?: "start" | "preview" | "Finding neighbours" | "layout";
  readonly interrupt?: "lose" | "cancel";
}

async function computeMap({ data, rows, columns, options, when, interrupt = "lose" }: MapAsked) {
  const gpu = await requestGpu(true);
  const controller = new AbortController();
  const epochs: number[] = [];
  const told: string[] = [];
  let isDone = false;
  const happen = (now: MapAsked["when"]) => {
    if (!now || now !== when || isDone) return;
    isDone = true;
    if (interrupt === "cancel") controller.abort();
    else if (gpu instanceof Gpu) gpu.device.destroy();
  };
  happen("start");
  if (when === "start" && gpu instanceof Gpu) await gpu.device.lost;
  try {
    const result = await umap(
      { data: Float32Array.from(data), rows, columns },
      { ...umapDefaults, ...options },
      {
        signal: controller.signal,
        onProgress: ({ stage }) => happen(stage === "Finding neighbours" ? stage : undefined),
        onLayout: ({ preview, epoch, backend }) => {
          epochs.push(epoch);
          if (backend) told.push(backend.reason);
          happen(preview ? "preview" : epoch > 0 ? "layout" : undefined);
        },
      },
    );
    const { positions, neighbors, backend, backendReason, notices, epoch, recall } = result;
    return {
      error: "",
      positions: [...positions],
      distances: [...(neighbors?.distances ?? [])],
      indices: [...(neighbors?.indices ?? [])],
      backend,
      backendReason,
      notices: [...notices],
      epoch,
      recall,
      epochs,
      told: [...new Set(told)],
    };
  } catch (thrown) {
    const { kind, message, details } = ComputeError.from(thrown);
    return { error: `${kind}: ${message}`, details };
  }
}

/** The same in the page's worker, where widgets have it done. */
async function computeInWorker({ data, rows, columns, options }: MapAsked) {
  const points = { data: Float32Array.from(data), rows, columns };
  const result = await pageClient().call("umap", { points, options: { ...umapDefaults, ...options } });
  const { positions, backend, backendReason, notices } = result;
  return { positions: [...positions], backend, backendReason, notices: [...notices] };
}

declare global {
  interface Window {
    computeInWorker: typeof computeInWorker;
    computeGpuMap: typeof computeMap;
  }
}
window.computeGpuMap = computeMap;
window.computeInWorker = computeInWorker;

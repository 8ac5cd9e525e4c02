// Principal components on the page's GPU for components.test.ts: everything goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import { validatePoints } from "../../../src/compute/umap/validate-points.ts";
import { gpuComponents } from "../../../src/compute/umap/webgpu/gpu-components.ts";
import { GpuRows } from "../../../src/compute/umap/webgpu/gpu-rows.ts";
import { requestGpu } from "../../../src/compute/webgpu/device.ts";
import { Gpu } from "../../../src/compute/webgpu/gpu.ts";

export interface AskedComponents {
  readonly data: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly nComponents: number;
  readonly cancel?: boolean;
}

async function findComponents({ data, rows, columns, nComponents, cancel }: AskedComponents) {
  const gpu = await requestGpu(true);
  if (!(gpu instanceof Gpu)) throw new Error(gpu.missing);
  const controller = new AbortController();
  const pace = new Pace(controller.signal);
  const points = { data: Float32Array.from(data), rows, columns };
  const stored = await GpuRows.store(gpu, points, await validatePoints(points, pace), "cosine", pace);
  try {
    if (cancel) controller.abort();
    return { scores: [...(await gpuComponents(stored, nComponents, pace))], error: "" };
  } catch (thrown) {
    return { scores: [], error: ComputeError.from(thrown).kind };
  } finally {
    stored.release();
  }
}

declare global {
  interface Window {
    findComponents: typeof findComponents;
  }
}
window.findComponents = findComponents;

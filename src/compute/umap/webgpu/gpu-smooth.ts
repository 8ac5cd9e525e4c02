import type { Pace } from "../../runtime/pace.ts";
import type { Gpu } from "../../webgpu/gpu.ts";
import { GpuMemory, MOST_BINDING_BYTES } from "../../webgpu/gpu-memory.ts";
import { runInSlices } from "../../webgpu/run-in-slices.ts";
import { Arena } from "../arena.ts";
import { type Memberships, smoothDistances } from "../graph/fuzzy-graph.ts";
import type { NeighborGraph } from "../options.ts";
import source from "./smooth.wgsl";

/** umap-learn's: the strengths of a row sum to the goal to within this. */
const TOLERANCE = 1e-5;
const LANES = 64;
/** Rows that a submission does at least. */
const ROWS_AT_ONCE = 4096;
const BRACKET_NUMBERS = 4;

/**
 * umap-learn's smooth_knn_dist and compute_membership_strengths for every row, with the bits of `smoothDistances`: the
 * GPU does the rounds of the bisection whose outcome is beyond doubt in single precision, the CPU the last few.
 */
export async function gpuSmooth(
  gpu: Gpu,
  neighbors: NeighborGraph,
  localConnectivity: number,
  pace: Pace,
): Promise<Memberships> {
  const brackets = await findBrackets(gpu, neighbors, localConnectivity, pace);
  return smoothDistances(await Arena.create(), neighbors, localConnectivity, pace, brackets);
}

/** Of every row: bounds of its scale (the upper one negative where there is none), the scale to try next, rounds done. */
async function findBrackets(
  gpu: Gpu,
  { k, distances }: NeighborGraph,
  localConnectivity: number,
  pace: Pace,
): Promise<Float32Array<ArrayBuffer>> {
  const rows = distances.length / k;
  const most = Math.floor(MOST_BINDING_BYTES / 4 / Math.max(k, BRACKET_NUMBERS));
  const found = new Float32Array(rows * BRACKET_NUMBERS);
  const pipeline = await gpu.pipeline(source);
  const memory = new GpuMemory(gpu);
  try {
    const task = memory.uniform(32);
    const input = memory.allocate(Math.min(rows, most) * k * 4);
    const output = memory.allocate(Math.min(rows, most) * BRACKET_NUMBERS * 4);
    const bindings = gpu.bind(pipeline, [task, input, output]);
    for (let first = 0; first < rows; first += most) {
      const count = Math.min(most, rows - first);
      gpu.write(input, distances.subarray(first * k, (first + count) * k));
      await runInSlices(
        gpu,
        Math.ceil(count / ROWS_AT_ONCE),
        (from, to) => {
          const end = Math.min(count, to * ROWS_AT_ONCE);
          gpu.write(task, describeTask(from * ROWS_AT_ONCE, end, k, localConnectivity));
          return [{ pipeline, bindings, groups: [Math.ceil((end - from * ROWS_AT_ONCE) / LANES)] }];
        },
        pace,
      );
      const bytes = count * BRACKET_NUMBERS * 4;
      found.set(new Float32Array(await gpu.read(output, bytes)), first * BRACKET_NUMBERS);
    }
  } finally {
    memory.release();
  }
  return found;
}

/** The `Smooth` of smooth.wgsl. */
function describeTask(firstRow: number, endRow: number, k: number, localConnectivity: number) {
  const bytes = new ArrayBuffer(32);
  const whole = Math.floor(localConnectivity);
  new Uint32Array(bytes).set([firstRow, endRow, k, whole]);
  new Float32Array(bytes).set([localConnectivity - whole, Math.log2(k + 1), TOLERANCE], 4);
  return new Uint8Array(bytes);
}

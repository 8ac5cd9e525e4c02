import type { Pace } from "../../runtime/pace.ts";
import type { GpuPass } from "../../webgpu/gpu.ts";
import { GpuMemory } from "../../webgpu/gpu-memory.ts";
import { runInSlices } from "../../webgpu/run-in-slices.ts";
import type { GPUBuffer } from "../../webgpu/webgpu-types.ts";
import { BLOCK, principalDirections, rowsPerSum, sampleStep } from "../start/principal-directions.ts";
import { GROUP, GROUPS_ACROSS, scoresShader, sumsShader } from "./gpu-components-shader.ts";
import type { GpuRows, RowPanel } from "./gpu-rows.ts";

/** Directions that all rows are projected on; of these the first two or three are wanted. */
const KEPT = 4;
const TASK_BYTES = 16;
/** Rows that a dispatch of one line of workgroups does. */
const LINE_ROWS = GROUP * GROUPS_ACROSS;

/**
 * `principalComponents` on the GPU: the products with the rows are made there, the small dense part in double precision
 * beside it. The bits are the CPU's, because a layout that starts elsewhere by one bit ends as another map.
 *
 * @returns `rows * nComponents` numbers, row-major; zeros for components that the data does not have.
 * @throws ComputeError "lost", "memory", "cancelled".
 */
export async function gpuComponents(
  rows: GpuRows,
  nComponents: number,
  pace: Pace,
): Promise<Float32Array<ArrayBuffer>> {
  const memory = new GpuMemory(rows.memory.gpu);
  try {
    const multiply = await sampleProduct(rows, memory, pace);
    const directions = await principalDirections(rows.width, nComponents, multiply);
    const wanted = memory.upload(Float32Array.from(directions.subarray(0, KEPT * rows.width)));
    const kept = new Float32Array(rows.rows * nComponents);
    for (const panel of rows.panels) {
      const scores = await projectPanel(rows, panel, wanted, pace);
      const first = panel.first * nComponents;
      for (let row = 0; row < panel.rows; row++)
        for (let which = 0; which < nComponents; which++)
          kept[first + row * nComponents + which] = scores[row * KEPT + which] ?? 0;
    }
    return kept;
  } finally {
    memory.release();
  }
}

/** What `principalDirections` iterates: a sample of the rows, in parts that are each summed in single precision. */
async function sampleProduct(
  rows: GpuRows,
  memory: GpuMemory,
  pace: Pace,
): Promise<(directions: Float64Array) => Promise<Float64Array>> {
  const { gpu } = memory;
  const { width } = rows;
  const step = sampleStep(rows.rows);
  const sample = Math.ceil(rows.rows / step);
  const partRows = rowsPerSum(width);
  const makeScores = await gpu.pipeline(scoresShader(BLOCK));
  const makeSums = await gpu.pipeline(sumsShader(BLOCK));
  const tried = memory.allocate(BLOCK * width * 4);
  const parts = Math.ceil(sample / partRows);
  const results = memory.allocate(parts * BLOCK * width * 4);
  const passes: (readonly GpuPass[])[] = [];
  for (let part = 0; part < parts; part++) {
    const count = Math.min(partRows, sample - part * partRows);
    const ids = Uint32Array.from({ length: count }, (_, place) => (part * partRows + place) * step);
    const own = await rows.gather(ids, memory, pace);
    const scores = memory.allocate(count * BLOCK * 4);
    const [forScores, forSums] = [memory.uniform(TASK_BYTES), memory.uniform(TASK_BYTES)];
    gpu.write(forScores, Uint32Array.of(0, count, width, 0));
    gpu.write(forSums, Uint32Array.of(part * BLOCK * width, count, width, 0));
    passes.push([
      {
        pipeline: makeScores,
        bindings: gpu.bind(makeScores, [forScores, own, rows.means, tried, scores]),
        groups: [GROUPS_ACROSS, Math.ceil(count / LINE_ROWS)],
      },
      {
        pipeline: makeSums,
        bindings: gpu.bind(makeSums, [forSums, own, rows.means, scores, results]),
        groups: [GROUPS_ACROSS, Math.ceil((BLOCK * width) / LINE_ROWS)],
      },
    ]);
  }
  return async (directions) => {
    gpu.write(tried, Float32Array.from(directions));
    await runInSlices(gpu, parts, (from, to) => passes.slice(from, to).flat(), pace);
    const found = new Float32Array(await gpu.read(results));
    const image = new Float64Array(BLOCK * width);
    for (let place = 0; place < found.length; place++)
      image[place % image.length] = (image[place % image.length] ?? 0) + (found[place] ?? 0);
    return image;
  };
}

/** Scores of the rows of a panel on `KEPT` directions. */
async function projectPanel(
  rows: GpuRows,
  panel: RowPanel,
  directions: GPUBuffer,
  pace: Pace,
): Promise<Float32Array<ArrayBuffer>> {
  const memory = new GpuMemory(rows.memory.gpu);
  const { gpu } = memory;
  try {
    const pipeline = await gpu.pipeline(scoresShader(KEPT));
    const task = memory.uniform(TASK_BYTES);
    const scores = memory.allocate(panel.rows * KEPT * 4);
    const bindings = gpu.bind(pipeline, [task, panel.buffer, rows.means, directions, scores]);
    const lines = Math.ceil(panel.rows / LINE_ROWS);
    const passesOf = (from: number, to: number) => {
      gpu.write(task, Uint32Array.of(from * LINE_ROWS, Math.min(panel.rows, to * LINE_ROWS), rows.width, 0));
      return [{ pipeline, bindings, groups: [GROUPS_ACROSS, to - from] as const }];
    };
    await runInSlices(gpu, lines, passesOf, pace);
    return new Float32Array(await gpu.read(scores));
  } finally {
    memory.release();
  }
}

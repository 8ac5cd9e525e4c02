import type { Pace } from "../../../runtime/pace.ts";
import { GpuFailure } from "../../../webgpu/gpu-failure.ts";
import { runInSlices } from "../../../webgpu/run-in-slices.ts";
import type { GPUBuffer } from "../../../webgpu/webgpu-types.ts";
import type { GpuRows } from "../gpu-rows.ts";
import { descentPipeline, type TaskPasses } from "./task-passes.ts";

/** Some columns of all rows in one binding: a kernel that meets rows by chance finds them all in it. */
export interface ColumnPanel {
  /** `rows * vectors` vectors of four columns, row-major. */
  readonly buffer: GPUBuffer;
  readonly vectors: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

const ROWS_AT_ONCE = 4096;

/** The rows as they are where one binding holds them, else a copy of them by columns, kept by the passes' memory. */
export async function columnPanels(rows: GpuRows, passes: TaskPasses, pace: Pace): Promise<readonly ColumnPanel[]> {
  const all = rows.width / 4;
  const [only, ...others] = rows.panels;
  if (only && others.length === 0) return [{ buffer: only.buffer, vectors: all, isFirst: true, isLast: true }];
  const { memory } = passes;
  const { gpu } = memory;
  const most = Math.floor(rows.bindingBytes / (rows.rows * 16));
  if (most === 0) throw new GpuFailure("out-of-memory", `${rows.rows} rows: a binding holds no column of them.`);
  const pipeline = await descentPipeline(gpu, "regroup");
  const panels: ColumnPanel[] = [];
  for (let begin = 0; begin < all; begin += most) {
    const vectors = Math.min(most, all - begin);
    const buffer = memory.allocate(rows.rows * vectors * 16);
    panels.push({ buffer, vectors, isFirst: begin === 0, isLast: begin + vectors === all });
    for (const source of rows.panels)
      await runInSlices(
        gpu,
        Math.ceil(source.rows / ROWS_AT_ONCE),
        (from, to) => {
          const first = from * ROWS_AT_ONCE * vectors;
          const end = Math.min(source.rows, to * ROWS_AT_ONCE) * vectors;
          const task = { first, end, listFirst: source.first, vectors, keep: all, most: begin };
          passes.add(pipeline, [source.buffer, buffer], task, end - first);
          return passes.take();
        },
        pace,
      );
  }
  return panels;
}

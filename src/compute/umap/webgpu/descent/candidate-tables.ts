import type { Pace } from "../../../runtime/pace.ts";
import { GpuMemory } from "../../../webgpu/gpu-memory.ts";
import { runInSlices } from "../../../webgpu/run-in-slices.ts";
import type { GPUBuffer } from "../../../webgpu/webgpu-types.ts";
import type { ListPanels } from "./list-panels.ts";
import { descentPipeline, NONE, type TaskPasses } from "./task-passes.ts";

interface TablePanel {
  readonly tableFirst: number;
  readonly tableRows: number;
  /** `most` lots a row. */
  readonly fresh: GPUBuffer;
  readonly old: GPUBuffer;
}

const ROWS_AT_ONCE = 4096;

/** The candidates of a round: for each row at most so many fresh ones and as many old ones, in panels of rows. */
export class CandidateTables {
  readonly #memory: GpuMemory;
  readonly #panels: readonly TablePanel[];

  /** @param places For candidates of each kind. */
  constructor(
    readonly passes: TaskPasses,
    readonly lists: ListPanels,
    readonly places: number,
    bindingBytes: number,
  ) {
    const memory = new GpuMemory(passes.memory.gpu);
    const most = Math.floor(bindingBytes / (places * 4));
    const panels: TablePanel[] = [];
    for (let tableFirst = 0; tableFirst < lists.rows; tableFirst += most) {
      const tableRows = Math.min(most, lists.rows - tableFirst);
      const [fresh, old] = [memory.allocate(tableRows * places * 4), memory.allocate(tableRows * places * 4)];
      panels.push({ tableFirst, tableRows, fresh, old });
    }
    this.#memory = memory;
    this.#panels = panels;
  }

  /** Choose them by chance from the lists in both directions; those chosen are fresh no longer. */
  async choose(most: number, seed: number, pace: Pace): Promise<void> {
    const { passes, lists } = this;
    const { gpu } = passes.memory;
    const { keep } = lists;
    const fill = await descentPipeline(gpu, "fill");
    for (const { tableRows, fresh, old } of this.#panels)
      for (const table of [fresh, old])
        passes.add(fill, [table], { end: tableRows * most, seed: NONE }, tableRows * most);
    gpu.submit(passes.take());
    for (const name of ["choose", "mark"] as const) {
      const pipeline = await descentPipeline(gpu, name);
      for (const { first: listFirst, rows: listRows, ids } of lists.panels)
        await runInSlices(
          gpu,
          Math.ceil(listRows / ROWS_AT_ONCE),
          (from, to) => {
            const first = listFirst + from * ROWS_AT_ONCE;
            const end = listFirst + Math.min(listRows, to * ROWS_AT_ONCE);
            for (const { tableFirst, tableRows, fresh, old } of this.#panels) {
              const buffers = name === "choose" ? [ids, fresh, old] : [ids, fresh];
              const task = { first, end, keep, most, seed, listFirst, tableFirst, tableRows };
              passes.add(pipeline, buffers, task, end - first);
            }
            return passes.take();
          },
          pace,
        );
    }
  }

  /** What adds the passes that put the candidates of the rows at places `first` to `end - 1` of an order into groups. */
  async groupPasses(
    order: GPUBuffer,
    members: GPUBuffer,
    most: number,
    seed: number,
  ): Promise<(first: number, end: number) => void> {
    const { passes } = this;
    const gather = await descentPipeline(passes.memory.gpu, "gather");
    return (first, end) => {
      for (const { tableFirst, tableRows, fresh, old } of this.#panels)
        passes.add(
          gather,
          [order, fresh, old, members],
          { first, end, most, seed, tableFirst, tableRows },
          end - first,
        );
    };
  }

  release(): void {
    this.#memory.release();
  }
}

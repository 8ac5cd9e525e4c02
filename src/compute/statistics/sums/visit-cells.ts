import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { Pace } from "../../runtime/pace.ts";
import type { KernelMemory } from "../kernel-memory.ts";
import type { RowCells } from "./row-cells.ts";

/** Rows are copied to the kernels' memory in blocks of about this size, small enough to still be in the cache when they are read. */
const BLOCK_BYTES = 1 << 18;

export interface CellVisitor {
  /** Some of a cell's rows lie at that address, behind each other. */
  readonly take: (address: number, count: number, cell: number) => void;
  /** All of the cell's rows were taken. */
  readonly finish: (cell: number) => void;
}

/** Show every cell's rows to a kernel: cell after cell, block by block. */
export async function visitCells(
  { data, columns }: Matrix,
  { rows, starts, groups }: RowCells,
  memory: KernelMemory,
  { take, finish }: CellVisitor,
  { signal, onProgress }: Job,
): Promise<void> {
  const pace = new Pace(signal);
  await pace.check();
  const most = Math.max(8, Math.floor(BLOCK_BYTES / 4 / Math.max(1, columns)));
  const address = memory.allocate(most * columns * 4);
  const block = memory.floats(address, most * columns);
  for (let cell = 0; cell < groups.length; cell++) {
    const end = starts[cell + 1] ?? 0;
    for (let from = starts[cell] ?? 0; from < end; from += most) {
      const to = Math.min(end, from + most);
      copyRows(data, columns, rows, from, to, block);
      take(address, to - from, cell);
      if (!pace.isDue) continue;
      onProgress?.({ stage: "Reading activations", done: to, total: rows.length, unit: "rows" });
      await pace.check();
    }
    finish(cell);
  }
}

/** Rows that follow one another are copied at once. */
function copyRows(
  data: Float32Array,
  columns: number,
  rows: Int32Array,
  from: number,
  to: number,
  block: Float32Array,
): void {
  for (let place = from; place < to; ) {
    const first = rows[place] ?? 0;
    let count = 1;
    while (place + count < to && rows[place + count] === first + count) count++;
    block.set(data.subarray(first * columns, (first + count) * columns), (place - from) * columns);
    place += count;
  }
}

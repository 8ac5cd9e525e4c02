import type { Matrix } from "../matrix.ts";
import type { Pace } from "../runtime/pace.ts";
import type { Arena } from "./arena.ts";
import { paddedColumns } from "./memory.ts";
import type { Metric } from "./options.ts";
import type { PointsSummary } from "./validate-points.ts";

/** The rows in a kernel's memory, every row padded with zeros to a multiple of four columns. */
export interface StoredPoints {
  readonly arena: Arena;
  readonly address: number;
  /** Address of the column means, `width` numbers. */
  readonly mean: number;
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
}

const CHUNK_NUMBERS = 1 << 20;

export async function storePoints(
  arena: Arena,
  { data, rows, columns }: Matrix,
  summary: PointsSummary,
  metric: Metric,
  pace: Pace,
): Promise<StoredPoints> {
  const width = paddedColumns(columns, metric);
  const address = arena.allocate(rows * width * 4);
  const mean = arena.allocate(width * 4);
  arena.floats(mean, columns).set(summary.means);
  const stored = arena.floats(address, rows * width);
  const chunk = Math.max(1, Math.floor(CHUNK_NUMBERS / columns));
  for (let from = 0; from < rows; from += chunk) {
    const to = Math.min(rows, from + chunk);
    if (width === columns && summary.scale === 1) stored.set(data.subarray(from * columns, to * columns), from * width);
    else
      for (let row = from; row < to; row++)
        for (let column = 0; column < columns; column++)
          stored[row * width + column] = (data[row * columns + column] ?? 0) * summary.scale;
    await pace.check();
  }
  return { arena, address, mean, rows, columns, width };
}

/** Give every row length 1, and mean 0 first for "correlation"; the column means follow. */
export async function normaliseStored(points: StoredPoints, metric: Metric, pace: Pace): Promise<void> {
  const { arena, address, mean, rows, columns, width } = points;
  const means = new Float64Array(width);
  const chunk = Math.max(1, Math.floor(CHUNK_NUMBERS / 4 / columns));
  for (let from = 0; from < rows; from += chunk) {
    const to = Math.min(rows, from + chunk);
    arena.kernels.normaliseRows(address, width, columns, from, to, metric === "correlation" ? 1 : 0);
    const stored = arena.floats(address + from * width * 4, (to - from) * width);
    for (let place = 0; place < stored.length; place += width)
      for (let column = 0; column < width; column++)
        means[column] = (means[column] ?? 0) + (stored[place + column] ?? 0);
    await pace.check();
  }
  arena.floats(mean, width).set(means.map((sum) => sum / rows));
}

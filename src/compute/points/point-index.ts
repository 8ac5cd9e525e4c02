import type { Job } from "../job.ts";
import { Pace } from "../runtime/pace.ts";

/** A uniform grid over 2-D positions, for finding the mark under a cursor. It survives structured cloning. */
export interface PointIndex {
  /** `x, y` of every row, interleaved. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Cell `c` holds `order[cellStarts[c]]` to `order[cellStarts[c + 1] - 1]`. */
  readonly cellStarts: Uint32Array<ArrayBuffer>;
  /** Row numbers, cell after cell, ascending in each; rows without a finite position are left out. */
  readonly order: Uint32Array<ArrayBuffer>;
  readonly originX: number;
  readonly originY: number;
  /** Width and height of a cell. */
  readonly cellSize: number;
  readonly columns: number;
  readonly rows: number;
}

const ROWS_A_CELL = 2;
const MOST_CELLS = 1 << 22;
const CHUNK = 1 << 17;

/**
 * Sort positions into a grid (counting sort, two passes).
 *
 * The grid spans the bulk of the points; what lies further out is kept in the cells of the border, so that a single
 * far outlier can't press all others into one cell.
 *
 * @param positions `x, y` of every row, interleaved; up to 10 million rows.
 */
export async function buildPointIndex(positions: Float32Array<ArrayBuffer>, job: Job): Promise<PointIndex> {
  const count = positions.length >> 1;
  const pace = new Pace(job.signal);
  const grid = spanGrid(positions, count);
  const cells = new Uint32Array(count);
  const cellStarts = new Uint32Array(grid.columns * grid.rows + 1);
  const tell = (done: number) =>
    job.onProgress?.({ stage: "Indexing points", done: done / 2, total: count, unit: "rows" });

  let finite = 0;
  for (let from = 0; from < count; from += CHUNK) {
    for (let row = from; row < Math.min(count, from + CHUNK); row++) {
      const x = positions[2 * row] ?? 0;
      const y = positions[2 * row + 1] ?? 0;
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        cells[row] = 0xffffffff;
        continue;
      }
      const cell = rowOfCell(grid, y) * grid.columns + columnOfCell(grid, x);
      cells[row] = cell;
      cellStarts[cell + 1] = (cellStarts[cell + 1] ?? 0) + 1;
      finite++;
    }
    tell(from);
    await pace.check();
  }
  for (let cell = 1; cell < cellStarts.length; cell++)
    cellStarts[cell] = (cellStarts[cell] ?? 0) + (cellStarts[cell - 1] ?? 0);

  const order = new Uint32Array(finite);
  const next = cellStarts.slice();
  for (let from = 0; from < count; from += CHUNK) {
    for (let row = from; row < Math.min(count, from + CHUNK); row++) {
      const cell = cells[row] ?? 0;
      if (cell === 0xffffffff) continue;
      const place = next[cell] ?? 0;
      order[place] = row;
      next[cell] = place + 1;
    }
    tell(count + from);
    await pace.check();
  }
  return { positions, cellStarts, order, ...grid };
}

type Grid = Pick<PointIndex, "originX" | "originY" | "cellSize" | "columns" | "rows">;

export function columnOfCell(grid: Grid, x: number): number {
  return Math.min(grid.columns - 1, Math.max(0, Math.floor((x - grid.originX) / grid.cellSize)));
}

export function rowOfCell(grid: Grid, y: number): number {
  return Math.min(grid.rows - 1, Math.max(0, Math.floor((y - grid.originY) / grid.cellSize)));
}

function spanGrid(positions: Float32Array, count: number): Grid {
  const [left, right] = spanBulk(positions, count, 0);
  const [bottom, top] = spanBulk(positions, count, 1);
  const width = right - left;
  const height = top - bottom;
  const target = Math.max(1, Math.min(MOST_CELLS, Math.ceil(count / ROWS_A_CELL)));
  // The second term keeps a thin band of points from asking for more cells than `target` along it.
  const cellSize = Math.max(Math.sqrt((width * height) / target), Math.max(width, height) / target) || 1;
  return {
    originX: left,
    originY: bottom,
    cellSize,
    columns: Math.floor(width / cellSize) + 1,
    rows: Math.floor(height / cellSize) + 1,
  };
}

/** From where to where most points lie on one axis, by a sample; outliers (a percent) are outside. */
function spanBulk(positions: Float32Array, count: number, axis: 0 | 1): readonly [number, number] {
  const step = Math.max(1, Math.floor(count / 8192));
  const sample: number[] = [];
  for (let row = 0; row < count; row += step) {
    const value = positions[2 * row + axis] ?? Number.NaN;
    if (Number.isFinite(value)) sample.push(value);
  }
  sample.sort((a, b) => a - b);
  const low = sample[Math.floor(sample.length * 0.005)] ?? 0;
  const high = sample[Math.ceil(sample.length * 0.995) - 1] ?? 0;
  const margin = (high - low) * 0.05;
  return [Math.max(low - margin, sample[0] ?? 0), Math.min(high + margin, sample[sample.length - 1] ?? 0)];
}

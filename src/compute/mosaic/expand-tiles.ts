import type { Pace } from "../runtime/pace.ts";
import type { MosaicGrid } from "./grid.ts";
import { nearestMembers, type Stretch } from "./nearest-members.ts";

/** How far from its centre a cell may take a tile: this many half diagonals (Slideflow's default `leniency`). */
const LENIENCY = 1.5;
/**
 * The nearest points of a cell that can matter. A point within reach of one centre is within reach of others only if
 * these are at most 2.12 cells away: 12 cells, of which each takes one point, so the 13th nearest is always left.
 */
const CANDIDATES = 13;

/**
 * A tile for every cell that has one near: all pairs of a cell and a point within `1.5 * √2 / 2` cell sizes of its
 * centre, nearest pairs first, each taken whose cell and point are still free (Slideflow up to 1.0, `expanded=True`).
 * Equal distances go by cell, then by point.
 *
 * Upstream compares every cell with every point; here a cell sees the 13 nearest points of the nine cells about it,
 * which give the same answer.
 *
 * @returns A point for each cell, -1 where none is near. It need not lie in the cell.
 */
export async function expandTiles(
  positions: Float32Array,
  grid: Omit<MosaicGrid, "shown">,
  pace: Pace,
): Promise<Int32Array<ArrayBuffer>> {
  const { columns, rows, cellSize, left, bottom, members } = grid;
  const cells: number[] = [];
  const points: number[] = [];
  const squared: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const near = nearestMembers(
        positions,
        members,
        stretchesAround(grid, column, row),
        left + (column + 0.5) * cellSize,
        bottom + (row + 0.5) * cellSize,
        CANDIDATES,
        LENIENCY * Math.SQRT1_2 * cellSize,
      );
      near.points.forEach((point, rank) => {
        cells.push(row * columns + column);
        points.push(point);
        squared.push(near.squared[rank] ?? 0);
      });
      if (pace.isDue) await pace.check();
    }
  }
  // Pairs were found by cell, then by distance and point, and sorting keeps the order of equals.
  const order = Uint32Array.from(cells.keys()).sort((a, b) => (squared[a] ?? 0) - (squared[b] ?? 0) || a - b);
  const shown = new Int32Array(columns * rows).fill(-1);
  const taken = new Uint8Array(positions.length >> 1);
  for (const pair of order) {
    const cell = cells[pair] ?? 0;
    const point = points[pair] ?? 0;
    if (shown[cell] !== -1 || taken[point] === 1) continue;
    shown[cell] = point;
    taken[point] = 1;
  }
  return shown;
}

/** The members of the nine cells about one; neighbours in a row lie next to each other in the list. */
function stretchesAround(
  { columns, rows, starts }: Pick<MosaicGrid, "columns" | "rows" | "starts">,
  column: number,
  row: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  const first = Math.max(0, column - 1);
  const last = Math.min(columns - 1, column + 1);
  for (let each = Math.max(0, row - 1); each <= Math.min(rows - 1, row + 1); each++) {
    const from = starts[each * columns + first] ?? 0;
    const to = starts[each * columns + last + 1] ?? 0;
    if (to > from) stretches.push([from, to]);
  }
  return stretches;
}

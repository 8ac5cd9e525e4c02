import type { Cells, MosaicGrid } from "./grid.ts";
import { nearestMembers } from "./nearest-members.ts";

/** All points of the cell in column `x` and row `y`, ascending; none where there is no such cell. */
export function pointsAtGridIndex(grid: MosaicGrid, x: number, y: number): Int32Array<ArrayBuffer> {
  if (!(x >= 0 && x < grid.columns && y >= 0 && y < grid.rows)) return new Int32Array(0);
  return membersOf(grid, y * grid.columns + x);
}

/** The points of one cell. */
export function membersOf({ starts, members }: Cells, cell: number): Int32Array<ArrayBuffer> {
  return members.subarray(starts[cell] ?? 0, starts[cell + 1] ?? 0);
}

/** The tiles that stand for cells, cell after cell from the lowest row. */
export function selectedPoints({ shown }: Pick<MosaicGrid, "shown">): Int32Array<ArrayBuffer> {
  return shown.filter((point) => point >= 0);
}

/** Up to `count` points of a cell, the nearest to its centre first: a contact sheet. */
export function nearestInCell(
  grid: MosaicGrid,
  positions: Float32Array,
  cell: number,
  count: number,
): Int32Array<ArrayBuffer> {
  const [x, y] = centreOf(grid, cell % grid.columns, Math.floor(cell / grid.columns));
  const stretch = [grid.starts[cell] ?? 0, grid.starts[cell + 1] ?? 0] as const;
  return nearestMembers(positions, grid.members, [stretch], x, y, count).points;
}

/** The middle of the cell in that column and row, in map coordinates. */
export function centreOf(
  { left, bottom, cellSize }: Pick<MosaicGrid, "left" | "bottom" | "cellSize">,
  column: number,
  row: number,
): readonly [number, number] {
  return [left + (column + 0.5) * cellSize, bottom + (row + 0.5) * cellSize];
}

/** How many points each cell holds. */
export function cellCounts({ starts }: Pick<Cells, "starts">): Uint32Array<ArrayBuffer> {
  return new Uint32Array(starts.length - 1).map((_, cell) => (starts[cell + 1] ?? 0) - (starts[cell] ?? 0));
}

import type { Pace } from "../runtime/pace.ts";
import type { Cells } from "./grid.ts";
import type { GridOptions } from "./grid-options.ts";
import type { Lattice } from "./lattice.ts";
import { nearestMembers, type Stretch } from "./nearest-members.ts";

/** How far from its centre a cell may take a tile: this many half diagonals (Slideflow's default `leniency`). */
const LENIENCY = 1.5;
/**
 * The nearest points of a cell that can matter. A point within reach of one centre is within reach of others only if
 * these are at most 2.12 cells away: 12 cells, of which each takes one point, so the 13th nearest is always left.
 */
const CANDIDATES = 13;

/** How far from its centre a cell may take a tile, in cell sizes. */
export function expandReach({ maxDist }: Pick<GridOptions, "maxDist">): number {
  return Math.min(LENIENCY * Math.SQRT1_2, maxDist ?? Number.POSITIVE_INFINITY);
}

/** Cells by row and column, with the points in them. */
export type ExpandedGrid = Lattice & Cells;

/**
 * A tile for every cell that has one near: all pairs of a cell and a point within `reach` cell sizes of its centre,
 * nearest pairs first, each taken whose cell and point are still free (Slideflow up to 1.0, `expanded=True`). Equal
 * distances go by cell, then by point.
 *
 * Upstream compares every cell with every point; here a cell sees the 13 nearest points of the nine cells about it,
 * which give the same answer.
 *
 * @param reach `expandReach`, 1.5 * √2 / 2 at most.
 * @returns A point for each cell, -1 where none is near. It need not lie in the cell.
 */
export async function expandTiles(
  positions: Float32Array,
  grid: ExpandedGrid,
  reach: number,
  pace: Pace,
): Promise<Int32Array<ArrayBuffer>> {
  const pairs = new CellPairs(positions, grid, reach);
  for (let cell = 0; cell < grid.columns * grid.rows; cell++) {
    pairs.find(cell);
    if (pace.isDue) await pace.check();
  }
  return pairs.assign();
}

/** As `expandTiles`, at once: for the cells that a view shows. */
export function expandFew(positions: Float32Array, grid: ExpandedGrid, reach: number): Int32Array<ArrayBuffer> {
  const pairs = new CellPairs(positions, grid, reach);
  for (let cell = 0; cell < grid.columns * grid.rows; cell++) pairs.find(cell);
  return pairs.assign();
}

/** Pairs of a cell and a point near it, by cell, then by distance and point. */
class CellPairs {
  readonly #cells: number[] = [];
  readonly #points: number[] = [];
  readonly #squared: number[] = [];

  constructor(
    private readonly positions: Float32Array,
    private readonly grid: ExpandedGrid,
    private readonly reach: number,
  ) {}

  find(cell: number): void {
    const { columns, cellSize, left, bottom, members } = this.grid;
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    const near = nearestMembers(
      this.positions,
      members,
      stretchesAround(this.grid, column, row),
      left + (column + 0.5) * cellSize,
      bottom + (row + 0.5) * cellSize,
      CANDIDATES,
      this.reach * cellSize,
    );
    near.points.forEach((point, rank) => {
      this.#cells.push(cell);
      this.#points.push(point);
      this.#squared.push(near.squared[rank] ?? 0);
    });
  }

  assign(): Int32Array<ArrayBuffer> {
    const { columns, rows } = this.grid;
    // Sorting keeps the order of equals.
    const order = Uint32Array.from(this.#cells.keys()).sort(
      (a, b) => (this.#squared[a] ?? 0) - (this.#squared[b] ?? 0) || a - b,
    );
    const shown = new Int32Array(columns * rows).fill(-1);
    const taken = new Uint8Array(this.positions.length >> 1);
    for (const pair of order) {
      const cell = this.#cells[pair] ?? 0;
      const point = this.#points[pair] ?? 0;
      if (shown[cell] !== -1 || taken[point] === 1) continue;
      shown[cell] = point;
      taken[point] = 1;
    }
    return shown;
  }
}

/** The members of the nine cells about one; neighbours in a row lie next to each other in the list. */
function stretchesAround({ columns, rows, starts }: ExpandedGrid, column: number, row: number): Stretch[] {
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

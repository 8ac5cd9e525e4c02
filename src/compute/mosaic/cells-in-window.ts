import type { CellTree } from "./cell-tree.ts";
import { interleave } from "./cell-tree.ts";
import type { ChooseTile } from "./choose-tile.ts";
import type { Cells } from "./grid.ts";
import { columnOf, type Lattice, refineLattice, rowOf } from "./lattice.ts";

/** A part of the map, in its coordinates. */
export interface MapWindow {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The occupied cells of a refined grid that a window touches. Its own fields number these, not all of the grid. */
export interface WindowCells extends Cells {
  /** The refined grid as a whole. */
  readonly lattice: Lattice;
  readonly level: number;
  /** Where each cell is in the refined grid; row 0 is the lowest. */
  readonly column: Int32Array<ArrayBuffer>;
  readonly row: Int32Array<ArrayBuffer>;
  /** The middle of each cell, `x, y` interleaved, in map coordinates. */
  readonly centres: Float32Array<ArrayBuffer>;
  /** The tile that stands for each cell, -1 where none may (`maxDist`). */
  readonly shown: Int32Array<ArrayBuffer>;
}

/**
 * The cells of the grid with `2^level` times as many columns that the window touches, coarse cell after coarse cell
 * and within each in Z-order. Work and memory go with what the window holds, not with the size of the grid.
 *
 * @param level 0 to `tree.levels`; more counts as the finest.
 * @param chooseTile The rule of the coarse grid (`chooseTileBy`); where that is `expanded`, `expandedCellsInWindow` is.
 */
export function cellsInWindow(tree: CellTree, level: number, window: MapWindow, chooseTile: ChooseTile): WindowCells {
  const depth = Math.max(0, Math.min(tree.levels, Math.floor(level)));
  const lattice = refineLattice(tree, depth);
  const found: { readonly column: number; readonly row: number; readonly from: number; readonly to: number }[] = [];
  const leftmost = columnOf(lattice, window.left);
  const rightmost = columnOf(lattice, window.right);
  const lowest = rowOf(lattice, window.bottom);
  const highest = rowOf(lattice, window.top);

  const descend = (column: number, row: number, at: number, from: number, to: number) => {
    const parts = 2 ** (depth - at);
    if (from === to) return;
    if (column * parts > rightmost || (column + 1) * parts <= leftmost) return;
    if (row * parts > highest || (row + 1) * parts <= lowest) return;
    if (at === depth) {
      found.push({ column, row, from, to });
      return;
    }
    let start = from;
    for (let quarter = 0; quarter < 4; quarter++) {
      const end = quarter === 3 ? to : endOfQuarter(tree.codes, start, to, at, quarter);
      descend(2 * column + (quarter & 1), 2 * row + (quarter >> 1), at + 1, start, end);
      start = end;
    }
  };
  if (touches(lattice, window))
    for (let row = lowest >> depth; row <= highest >> depth; row++)
      for (let column = leftmost >> depth; column <= rightmost >> depth; column++) {
        const cell = row * tree.columns + column;
        descend(column, row, 0, tree.starts[cell] ?? 0, tree.starts[cell + 1] ?? 0);
      }

  const column = Int32Array.from(found, (each) => each.column);
  const row = Int32Array.from(found, (each) => each.row);
  const starts = new Uint32Array(found.length + 1);
  found.forEach(({ from, to }, cell) => {
    starts[cell + 1] = (starts[cell] ?? 0) + to - from;
  });
  const members = new Int32Array(starts[found.length] ?? 0);
  const centres = new Float32Array(2 * found.length);
  const shown = new Int32Array(found.length);
  found.forEach((each, cell) => {
    const x = lattice.left + (each.column + 0.5) * lattice.cellSize;
    const y = lattice.bottom + (each.row + 0.5) * lattice.cellSize;
    members.set(tree.order.subarray(each.from, each.to), starts[cell]);
    centres.set([x, y], 2 * cell);
    shown[cell] = chooseTile(tree.order, each.from, each.to, x, y, lattice.cellSize);
  });
  return { lattice, level: depth, column, row, centres, starts, members, shown };
}

/** All points of one cell of a refined grid, in Z-order; none where it is empty or does not exist. */
export function pointsInRefinedCell(
  tree: CellTree,
  level: number,
  column: number,
  row: number,
): Int32Array<ArrayBuffer> {
  const parts = 2 ** level;
  const { columns, rows, starts, codes, order } = tree;
  if (!(column >= 0 && column < columns * parts && row >= 0 && row < rows * parts)) return new Int32Array(0);
  const cell = (row >> level) * columns + (column >> level);
  const shift = 16 - level;
  const low = interleave((column & (parts - 1)) << shift, (row & (parts - 1)) << shift);
  const end = starts[cell + 1] ?? 0;
  const from = firstFrom(codes, starts[cell] ?? 0, end, low);
  return order.subarray(from, firstFrom(codes, from, end, low + 4 ** shift));
}

/** Where the codes of a quarter end: codes of a part at level `at` agree in their upper `2 * at` bits. */
function endOfQuarter(codes: Uint32Array, from: number, to: number, at: number, quarter: number): number {
  const size = 4 ** (16 - at - 1);
  const first = codes[from] ?? 0;
  const base = first - (first % (4 * size));
  return from === to ? to : firstFrom(codes, from, to, base + (quarter + 1) * size);
}

/** The first place from `from` on whose code is at least `code`. */
function firstFrom(codes: Uint32Array, from: number, to: number, code: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((codes[middle] ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  return low;
}

function touches({ left, bottom, columns, rows, cellSize }: Lattice, window: MapWindow): boolean {
  return (
    window.left <= left + columns * cellSize &&
    window.right >= left &&
    window.bottom <= bottom + rows * cellSize &&
    window.top >= bottom
  );
}

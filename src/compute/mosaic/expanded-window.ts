import type { CellTree } from "./cell-tree.ts";
import { cellsInWindow, type MapWindow, type WindowCells } from "./cells-in-window.ts";
import { expandFew } from "./expand-tiles.ts";
import { columnOf, refineLattice, rowOf } from "./lattice.ts";

/**
 * Cells by so many are looked at beyond the window. Which cell takes a tile depends on what its neighbours take, and so
 * on theirs; each step of that goes to a nearer pair and at most two cells on, and chains of three are rare. Windows
 * that overlap thus show the same tiles where they do.
 */
const MARGIN = 6;

/**
 * The cells of a refined grid that a window touches, those without a tile of their own filled from around them: by the
 * rule of `expandTiles`, with cells of this level. Each tile stands for one cell at most.
 *
 * @param reach `expandReach`.
 * @returns Cells that hold a tile or show one; of those that only show one, `starts` holds none.
 */
export function expandedCellsInWindow(
  tree: CellTree,
  level: number,
  window: MapWindow,
  positions: Float32Array,
  reach: number,
): WindowCells {
  const depth = Math.max(0, Math.min(tree.levels, Math.floor(level)));
  const lattice = refineLattice(tree, depth);
  const { cellSize, left, bottom } = lattice;
  const margin = MARGIN * cellSize;
  const own = cellsInWindow(
    tree,
    depth,
    {
      left: window.left - margin,
      right: window.right + margin,
      bottom: window.bottom - margin,
      top: window.top + margin,
    },
    () => -1,
  );
  const first = { column: columnOf(lattice, window.left - margin), row: rowOf(lattice, window.bottom - margin) };
  const columns = columnOf(lattice, window.right + margin) - first.column + 1;
  const rows = rowOf(lattice, window.top + margin) - first.row + 1;
  const dense = denseCells(own, first, columns, rows);
  const part = {
    columns,
    rows,
    cellSize,
    left: left + first.column * cellSize,
    bottom: bottom + first.row * cellSize,
    ...dense,
  };
  const shown = expandFew(positions, part, reach);

  const [from, to] = [columnOf(lattice, window.left), columnOf(lattice, window.right)];
  const [lowest, highest] = [rowOf(lattice, window.bottom), rowOf(lattice, window.top)];
  const kept = [...shown.keys()].filter((cell) => {
    const column = first.column + (cell % columns);
    const row = first.row + Math.floor(cell / columns);
    const isUsed = (shown[cell] ?? -1) >= 0 || (dense.starts[cell + 1] ?? 0) > (dense.starts[cell] ?? 0);
    return isUsed && column >= from && column <= to && row >= lowest && row <= highest;
  });
  const starts = new Uint32Array(kept.length + 1);
  kept.forEach((cell, place) => {
    starts[place + 1] = (starts[place] ?? 0) + (dense.starts[cell + 1] ?? 0) - (dense.starts[cell] ?? 0);
  });
  const members = new Int32Array(starts[kept.length] ?? 0);
  const centres = new Float32Array(2 * kept.length);
  const column = Int32Array.from(kept, (cell) => first.column + (cell % columns));
  const row = Int32Array.from(kept, (cell) => first.row + Math.floor(cell / columns));
  kept.forEach((cell, place) => {
    members.set(dense.members.subarray(dense.starts[cell], dense.starts[cell + 1]), starts[place]);
    centres[2 * place] = left + ((column[place] ?? 0) + 0.5) * cellSize;
    centres[2 * place + 1] = bottom + ((row[place] ?? 0) + 0.5) * cellSize;
  });
  return {
    lattice,
    level: depth,
    column,
    row,
    centres,
    starts,
    members,
    shown: Int32Array.from(kept, (cell) => shown[cell] ?? -1),
  };
}

/** The occupied cells of a window as all cells of a rectangle, row after row, with their points. */
function denseCells(
  { column, row, starts, members }: WindowCells,
  first: { readonly column: number; readonly row: number },
  columns: number,
  rows: number,
): Pick<WindowCells, "starts" | "members"> {
  const place = (cell: number) => ((row[cell] ?? 0) - first.row) * columns + (column[cell] ?? 0) - first.column;
  const order = [...column.keys()].sort((a, b) => place(a) - place(b));
  const dense = { starts: new Uint32Array(columns * rows + 1), members: new Int32Array(members.length) };
  let count = 0;
  let at = 0;
  for (const cell of order) {
    for (; at <= place(cell); at++) dense.starts[at] = count;
    const own = members.subarray(starts[cell], starts[cell + 1]);
    dense.members.set(own, count);
    count += own.length;
  }
  dense.starts.fill(count, at);
  return dense;
}

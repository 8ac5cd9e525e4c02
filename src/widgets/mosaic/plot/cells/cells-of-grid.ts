import { centreOf } from "../../../../compute/mosaic/grid-cells.ts";
import type { MosaicGrid, WindowCells } from "../../../../compute/mosaic/index.ts";

/** All cells of the base grid that hold a tile or show one, in the form in which finer ones come. */
export function cellsOfGrid(grid: MosaicGrid): WindowCells {
  const { columns, starts, shown } = grid;
  let count = 0;
  const isUsed = (cell: number) => (shown[cell] ?? -1) >= 0 || (starts[cell + 1] ?? 0) > (starts[cell] ?? 0);
  for (let cell = 0; cell < shown.length; cell++) if (isUsed(cell)) count++;

  const used = {
    column: new Int32Array(count),
    row: new Int32Array(count),
    centres: new Float32Array(2 * count),
    // Members lie cell after cell, so those that are left out leave no gap.
    starts: new Uint32Array(count + 1),
    shown: new Int32Array(count),
  };
  for (let cell = 0, place = 0; cell < shown.length; cell++) {
    if (!isUsed(cell)) continue;
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    const [x, y] = centreOf(grid, column, row);
    used.column[place] = column;
    used.row[place] = row;
    used.centres[2 * place] = x;
    used.centres[2 * place + 1] = y;
    used.shown[place] = shown[cell] ?? -1;
    used.starts[++place] = starts[cell + 1] ?? 0;
  }
  return { lattice: grid, level: 0, ...used, members: grid.members };
}

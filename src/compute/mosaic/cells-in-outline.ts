import { rowsInPolygon } from "../points/polygon-mask.ts";
import { addRow, emptyMask, hasRow, type RowMask } from "../selection/row-mask.ts";
import type { Cells, MosaicGrid } from "./grid.ts";
import { centreOf } from "./grid-cells.ts";

/** The middle of every cell of a grid, `x, y` interleaved, in map coordinates. */
export function cellCentres(grid: MosaicGrid): Float32Array<ArrayBuffer> {
  const centres = new Float32Array(2 * grid.columns * grid.rows);
  for (let cell = 0; 2 * cell < centres.length; cell++)
    centres.set(centreOf(grid, cell % grid.columns, Math.floor(cell / grid.columns)), 2 * cell);
  return centres;
}

/**
 * The cells whose centre a lasso holds, as bits: cell `c` is bit `c % 8` of byte `c >> 3`.
 *
 * @param centres Of the cells, `x, y` interleaved.
 * @param outline `x, y` of every corner of the lasso, interleaved; closed by itself.
 */
export function cellsInOutline(centres: Float32Array, outline: Float32Array): RowMask {
  return rowsInPolygon(centres, outline, centres.length >> 1);
}

/** All points of the cells in `cellMask`, as a mask over `rowCount` rows. */
export function rowsOfCells({ starts, members }: Cells, cellMask: RowMask, rowCount: number): RowMask {
  const mask = emptyMask(rowCount);
  for (let cell = 0; cell < starts.length - 1; cell++) {
    if (!hasRow(cellMask, cell)) continue;
    const end = starts[cell + 1] ?? 0;
    for (let place = starts[cell] ?? 0; place < end; place++) addRow(mask, members[place] ?? 0);
  }
  return mask;
}

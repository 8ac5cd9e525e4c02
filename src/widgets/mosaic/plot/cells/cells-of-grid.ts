import { centreOf } from "../../../../compute/mosaic/grid-cells.ts";
import type { MosaicGrid, WindowCells } from "../../../../compute/mosaic/index.ts";

/** All cells of the base grid that hold a tile or show one, in the form in which finer ones come. */
export function cellsOfGrid(grid: MosaicGrid): WindowCells {
  const { columns, starts, shown } = grid;
  const occupied = Int32Array.from(shown.keys()).filter(
    (cell) => (shown[cell] ?? -1) >= 0 || (starts[cell + 1] ?? 0) > (starts[cell] ?? 0),
  );
  const centres = new Float32Array(2 * occupied.length);
  // Members lie cell after cell, so those that are left out leave no gap.
  const begins = new Uint32Array(occupied.length + 1);
  occupied.forEach((cell, place) => {
    begins[place + 1] = starts[cell + 1] ?? 0;
    centres.set(centreOf(grid, cell % columns, Math.floor(cell / columns)), 2 * place);
  });
  return {
    lattice: grid,
    level: 0,
    column: occupied.map((cell) => cell % columns),
    row: occupied.map((cell) => Math.floor(cell / columns)),
    centres,
    starts: begins,
    members: grid.members,
    shown: occupied.map((cell) => shown[cell] ?? -1),
  };
}

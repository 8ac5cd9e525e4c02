export { cellShares } from "./cell-shares.ts";
export { buildCellTree, type CellTree } from "./cell-tree.ts";
export { cellCentres, cellsInOutline, rowsOfCells } from "./cells-in-outline.ts";
export { cellsInWindow, type MapWindow, pointsInRefinedCell, type WindowCells } from "./cells-in-window.ts";
export { type ChooseTile, chooseTileBy } from "./choose-tile.ts";
export { commonestClass } from "./commonest-class.ts";
export { expandReach } from "./expand-tiles.ts";
export { expandedCellsInWindow } from "./expanded-window.ts";
export { type Cells, generateGrid, type MosaicGrid } from "./grid.ts";
export { cellCounts, centreOf, membersOf, nearestInCell, pointsAtGridIndex, selectedPoints } from "./grid-cells.ts";
export { type GridOptions, gridDefaults, type TileSelect, validateGridOptions } from "./grid-options.ts";
export { columnOf, type Lattice, refineLattice, rowOf } from "./lattice.ts";
export {
  applyLayoutScale,
  type LayoutScale,
  type NormalizeOptions,
  normalizeDefaults,
  normalizeLayout,
} from "./normalize-layout.ts";

import { cellCounts, type WindowCells } from "../../../../compute/mosaic/index.ts";

/** How many tiles each cell holds, and the end of the scale that this is shown on. */
export interface CellDensities {
  readonly counts: Uint32Array<ArrayBuffer>;
  /** The most in any cell, 2 at least: a scale from 1 to 1 would have no length. */
  readonly most: number;
}

export function cellDensities(cells: WindowCells): CellDensities {
  const counts = cellCounts(cells);
  return { counts, most: counts.reduce((a, b) => Math.max(a, b), 2) };
}

/**
 * Where a cell stands on the logarithmic scale from one tile (0) to the most (1): cells of one tile and of ten differ as
 * much as those of ten and of a hundred do. One that borrows its tile holds none of its own and stands at 0.
 */
export function densityShare(count: number, most: number): number {
  return Math.log(Math.max(1, count)) / Math.log(most);
}

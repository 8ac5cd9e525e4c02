import type { WindowCells } from "../../../../compute/mosaic/index.ts";

/**
 * The nearest cell with a tile in a direction of the screen (y downwards), at most 45 degrees off it; -1 where there is
 * none.
 */
export function stepToCell(cells: WindowCells, from: number, x: number, y: number): number {
  const { column, row, shown } = cells;
  let found = -1;
  let best = Number.POSITIVE_INFINITY;
  for (let index = 0; index < shown.length; index++) {
    if ((shown[index] ?? -1) < 0) continue;
    const aside = (column[index] ?? 0) - (column[from] ?? 0);
    const down = (row[from] ?? 0) - (row[index] ?? 0);
    const along = aside * x + down * y;
    const squared = aside * aside + down * down;
    if (along <= 0 || 2 * along * along < squared || squared >= best) continue;
    best = squared;
    found = index;
  }
  return found;
}

/** The cell with a tile that is nearest to a place of the map; -1 where there is none. */
export function nearestCell({ centres, shown }: WindowCells, x: number, y: number): number {
  let found = -1;
  let best = Number.POSITIVE_INFINITY;
  for (let index = 0; index < shown.length; index++) {
    const squared = ((centres[2 * index] ?? 0) - x) ** 2 + ((centres[2 * index + 1] ?? 0) - y) ** 2;
    if ((shown[index] ?? -1) < 0 || squared >= best) continue;
    best = squared;
    found = index;
  }
  return found;
}

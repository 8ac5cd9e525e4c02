import { toBody, type View } from "../../../plane/view.ts";
import { tilePlaces } from "../drawing/tile-places.ts";
import type { CellBox } from "./cell-places.ts";
import type { MapCells } from "./map-cells.ts";

/** Where a cell of the level on show, or its tile where that is larger, is, CSS pixels of the body; null where there is no such cell. */
export function cellBox(map: MapCells, view: View, index: number): CellBox | null {
  const { lattice, column, row } = map.cellsIn(view);
  const [x, y] = [column[index], row[index]];
  return x === undefined || y === undefined ? null : tilePlaces(lattice, view, 1).boxOf(x, y);
}

/** Where the cell of a row is, on show or beside it, CSS pixels of the body; null where the row has no place. */
export function boxOfRow(map: MapCells, view: View, row: number): CellBox | null {
  const cells = map.cellsIn(view);
  const place = map.placeOf(cells, row);
  return place && tilePlaces(cells.lattice, view, 1).boxOf(...place);
}

/** The square around a row's point, `ratio` pixels to a CSS pixel; null where the row has no place. */
export function boxOfPoint(
  { positions }: MapCells,
  view: View,
  row: number,
  diameter: number,
  ratio: number,
): CellBox | null {
  const [x, y] = toBody(view, positions[2 * row] ?? Number.NaN, positions[2 * row + 1] ?? Number.NaN);
  if (row < 0 || !Number.isFinite(x + y)) return null;
  const size = diameter * ratio;
  return { left: x * ratio - size / 2, top: y * ratio - size / 2, width: size, height: size };
}

import type { WindowCells } from "../../../../compute/mosaic/index.ts";
import { toMap, type View } from "../../../plane/view.ts";
import { tilePlaces } from "../drawing/tile-places.ts";
import type { MapCells } from "./map-cells.ts";

/**
 * The number of the cell whose tile lies under a pixel of the body; -1 where there is none. Tiles that are larger than their
 * cells are found beside them, the one that is drawn last first.
 *
 * @param cells Few where they are smaller than their tiles, for all of them are looked through.
 */
export function cellUnder(map: MapCells, cells: WindowCells, view: View, bodyX: number, bodyY: number): number {
  const index = map.indexAt(cells, ...toMap(view, bodyX, bodyY));
  const places = tilePlaces(cells.lattice, view, 1);
  if (places.size <= cells.lattice.cellSize * view.scale || (cells.shown[index] ?? -1) >= 0) return index;
  return cells.shown.findLastIndex((row, cell) => {
    if (row < 0) return false;
    const { left, top, width, height } = places.boxOf(cells.column[cell] ?? 0, cells.row[cell] ?? 0);
    return bodyX >= left && bodyX < left + width && bodyY >= top && bodyY < top + height;
  });
}

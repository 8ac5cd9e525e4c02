import type { WindowCells } from "../../../../compute/mosaic/index.ts";
import { boundsOf, fitView, noTurn } from "../../../plane/view.ts";
import { type CellBox, cellPlaces } from "../cells/cell-places.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * How far right and up from its corner at the lower left the arrow of the axes lies: in the first corner that no tile of
 * the whole mosaic reaches, at the left before the right, below before above; where there is none, in its own. It stays
 * there however near a reader goes.
 *
 * @param body Of the widget, CSS pixels.
 * @param arrow With its names.
 */
export function axesPlace(
  { lattice, column, row, shown }: WindowCells,
  body: Size,
  arrow: Size,
): readonly [right: number, up: number] {
  const { left, bottom, columns, rows, cellSize } = lattice;
  const corners = Float32Array.of(left, bottom, left + columns * cellSize, bottom + rows * cellSize);
  const places = cellPlaces(lattice, fitView(boundsOf(corners, noTurn), body.width, body.height, noTurn), 1);
  const isFree = (box: CellBox) =>
    shown.every((tile, index) => tile < 0 || !places.touches(column[index] ?? 0, row[index] ?? 0, box));
  const [right, up] = [body.width - arrow.width, body.height - arrow.height];
  if (right <= 0 || up <= 0) return [0, 0];
  for (const [x, y] of [
    [0, 0],
    [right, 0],
    [0, up],
    [right, up],
  ] as const)
    if (isFree({ left: x, top: up - y, ...arrow })) return [x, y];
  return [0, 0];
}

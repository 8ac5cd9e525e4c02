import type { Camera } from "../../../plane/camera.ts";
import { boundsOf, fitView, noTurn } from "../../../plane/view.ts";
import type { MapCells } from "../cells/map-cells.ts";

/** What a reader looks at while a map settles. */
export interface SettlingSight {
  /** Other words: the reader looks at something else. They don't change with the map itself. */
  readonly key: string;
  /** How large cells are expected to be in the end, CSS pixels. */
  readonly size: number;
}

/**
 * Before anybody has moved the view, all of the map is seen, and it may come to be as high as it is wide: its cells will be
 * about as large as those of a square. Afterwards they are as large as the view makes them.
 */
export function settlingSight(
  { grid }: Pick<MapCells, "grid">,
  { view, isFollowing }: Pick<Camera, "view" | "isFollowing">,
): SettlingSight {
  const { columns, cellSize } = grid;
  if (!isFollowing) return { key: `${columns} across at ${view.scale}`, size: cellSize * view.scale };
  const { width, height } = view;
  const square = boundsOf(Float32Array.of(0, 0, columns, columns), noTurn);
  return { key: `${columns} across in ${width} by ${height}`, size: fitView(square, width, height, noTurn).scale };
}

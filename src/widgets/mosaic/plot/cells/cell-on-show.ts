import type { WindowCells } from "../../../../compute/mosaic/index.ts";
import { nearestMembers } from "../../../../compute/mosaic/nearest-members.ts";
import type { CellOnShow } from "../plot-options.ts";
import type { CellBox } from "./cell-places.ts";

/** What is told of a cell: where it is, and its tiles, nearest to its centre first. */
export function cellOnShow(
  cells: WindowCells,
  index: number,
  positions: Float32Array<ArrayBuffer>,
  box: CellBox,
): CellOnShow {
  const stretch = [cells.starts[index] ?? 0, cells.starts[index + 1] ?? 0] as const;
  const [x, y] = [cells.centres[2 * index] ?? 0, cells.centres[2 * index + 1] ?? 0];
  const { points } = nearestMembers(positions, cells.members, [stretch], x, y, stretch[1] - stretch[0]);
  const shown = cells.shown[index] ?? -1;
  return {
    x: cells.column[index] ?? 0,
    y: cells.row[index] ?? 0,
    level: cells.level,
    // A cell that borrows its tile holds none of its own.
    rows: points.length === 0 && shown >= 0 ? Int32Array.of(shown) : points,
    box,
  };
}

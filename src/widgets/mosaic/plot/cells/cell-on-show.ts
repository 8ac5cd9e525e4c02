import type { WindowCells } from "../../../../compute/mosaic/index.ts";
import { nearestMembers } from "../../../../compute/mosaic/nearest-members.ts";
import type { CellOnShow } from "../plot-options.ts";
import type { CellBox } from "./cell-places.ts";

/** So many of a cell's tiles are put in order: more than are ever shown together, few enough for any cell. */
const ORDERED = 64;

/** What is told of a cell: where it is, and its tiles, those nearest to its centre first. */
export function cellOnShow(
  cells: WindowCells,
  index: number,
  positions: Float32Array<ArrayBuffer>,
  box: CellBox,
): CellOnShow {
  const stretch = [cells.starts[index] ?? 0, cells.starts[index + 1] ?? 0] as const;
  const [x, y] = [cells.centres[2 * index] ?? 0, cells.centres[2 * index + 1] ?? 0];
  const { points } = nearestMembers(positions, cells.members, [stretch], x, y, ORDERED);
  const first = new Set(points);
  const rest = cells.members.subarray(...stretch).filter((row) => !first.has(row));
  const shown = cells.shown[index] ?? -1;
  return {
    x: cells.column[index] ?? 0,
    y: cells.row[index] ?? 0,
    level: cells.level,
    // A cell that borrows its tile holds none of its own.
    rows: points.length === 0 && shown >= 0 ? Int32Array.of(shown) : joined(points, rest),
    box,
  };
}

function joined(first: Int32Array, rest: Int32Array): Int32Array<ArrayBuffer> {
  const all = new Int32Array(first.length + rest.length);
  all.set(first);
  all.set(rest, first.length);
  return all;
}

import { ComputeError } from "../errors.ts";
import type { Matrix } from "../matrix.ts";
import { hash32 } from "../random.ts";
import type { GridOptions } from "./grid-options.ts";
import { nearestMembers } from "./nearest-members.ts";

/** The tile that stands for `members[from]` to `members[to - 1]`, in a cell around (x, y); -1 where none may. */
export type ChooseTile = (
  members: Int32Array,
  from: number,
  to: number,
  x: number,
  y: number,
  cellSize: number,
) => number;

/**
 * The rule that `tileSelect` names. Among equals the first tile wins, whatever the order of the members; the tile that
 * "first" or "random" chooses for a cell is also the one of whichever part of the cell it lies in.
 *
 * "nearest" measures from the true centre of the cell. Slideflow's "centroid" can't be reached (it never passes
 * `tile_meta` on); this is its formula, without the rows that hold a number that is not finite.
 *
 * @param tileMeta A row of numbers for each point, for "centroid".
 * @throws An "input" error where "centroid" has no such rows, or not one a point.
 */
export function chooseTileBy(
  positions: Float32Array,
  { tileSelect, maxDist, seed }: GridOptions,
  tileMeta: Matrix | null,
): ChooseTile {
  if (tileSelect === "first") return firstMember;
  if (tileSelect === "random") {
    const salt = hash32(seed ^ 0x9e3779b9);
    return (members, from, to) => leastBy(members, from, to, (point) => hash32(point ^ salt));
  }
  if (tileSelect === "centroid") {
    const meta = metaOf(tileMeta, positions.length >> 1);
    return (members, from, to) => nearestToMean(meta, members, from, to);
  }
  return (members, from, to, x, y, cellSize) => {
    const reach = maxDist === null ? Number.POSITIVE_INFINITY : maxDist * cellSize;
    return nearestMembers(positions, members, [[from, to]], x, y, 1, reach).points[0] ?? -1;
  };
}

function metaOf(tileMeta: Matrix | null, points: number): Matrix {
  if (!tileMeta)
    throw new ComputeError("input", 'tile_select="centroid" needs tile_meta: a row of numbers for each tile.');
  if (tileMeta.rows !== points)
    throw new ComputeError(
      "input",
      `${tileMeta.rows.toLocaleString("en")} rows of tile_meta for ${points.toLocaleString("en")} tiles.`,
      "Give one for each.",
    );
  return tileMeta;
}

function firstMember(members: Int32Array, from: number, to: number): number {
  return leastBy(members, from, to, (point) => point);
}

function leastBy(members: Int32Array, from: number, to: number, keyOf: (point: number) => number): number {
  let chosen = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let place = from; place < to; place++) {
    const point = members[place] ?? 0;
    const key = keyOf(point);
    if (key < least || (key === least && point < chosen)) {
      least = key;
      chosen = point;
    }
  }
  return chosen;
}

function nearestToMean({ data, columns }: Matrix, members: Int32Array, from: number, to: number): number {
  const isWhole = (point: number) => {
    for (let column = 0; column < columns; column++)
      if (!Number.isFinite(data[point * columns + column] ?? 0)) return false;
    return true;
  };
  const mean = new Float64Array(columns);
  let whole = 0;
  for (let place = from; place < to; place++) {
    const point = members[place] ?? 0;
    if (!isWhole(point)) continue;
    whole++;
    for (let column = 0; column < columns; column++)
      mean[column] = (mean[column] ?? 0) + (data[point * columns + column] ?? 0);
  }
  if (whole === 0) return firstMember(members, from, to);
  for (let column = 0; column < columns; column++) mean[column] = (mean[column] ?? 0) / whole;
  return leastBy(members, from, to, (point) => {
    let squared = 0;
    for (let column = 0; column < columns; column++)
      squared += ((data[point * columns + column] ?? 0) - (mean[column] ?? 0)) ** 2;
    // A row with a NaN compares as neither nearer nor further, one with an infinity as infinitely far.
    return squared;
  });
}

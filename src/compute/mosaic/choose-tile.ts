import { ComputeError } from "../errors.ts";
import type { Matrix } from "../matrix.ts";
import { hash32 } from "../random.ts";
import type { GridOptions, TileSelect } from "./grid-options.ts";

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
 * "first" or "random" chooses for a cell is also the one of whichever part of the cell it lies in, as long as it lies
 * within `maxDist` of that part's centre.
 *
 * `maxDist` leaves out tiles for every rule; Slideflow has it for "nearest" alone and passes over it with the others.
 * The mean of "centroid" is that of all tiles of the cell.
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
  const choose = ruleOf(tileSelect, seed, tileMeta, positions);
  if (maxDist === null) return choose;
  return (members, from, to, x, y, cellSize) =>
    choose(members, from, to, x, y, cellSize, (point) => {
      const awayX = (positions[2 * point] ?? 0) - x;
      const awayY = (positions[2 * point + 1] ?? 0) - y;
      return Math.sqrt(awayX * awayX + awayY * awayY) < maxDist * cellSize;
    });
}

/** As `ChooseTile`, of those members that may stand for a cell; left out: all may. */
type Rule = (...args: [...Parameters<ChooseTile>, mayStand?: (point: number) => boolean]) => number;

function ruleOf(tileSelect: TileSelect, seed: number, tileMeta: Matrix | null, positions: Float32Array): Rule {
  if (tileSelect === "first") return (members, from, to, _x, _y, _size, may) => firstMember(members, from, to, may);
  if (tileSelect === "random") {
    const salt = hash32(seed ^ 0x9e3779b9);
    return (members, from, to, _x, _y, _size, may) => leastBy(members, from, to, (point) => hash32(point ^ salt), may);
  }
  if (tileSelect === "centroid") {
    const meta = metaOf(tileMeta, positions.length >> 1);
    return (members, from, to, _x, _y, _size, may) => nearestToMean(meta, members, from, to, may);
  }
  return (members, from, to, x, y, _size, may) => {
    const squared = (point: number) =>
      ((positions[2 * point] ?? 0) - x) ** 2 + ((positions[2 * point + 1] ?? 0) - y) ** 2;
    return leastBy(members, from, to, squared, may);
  };
}

const all = (_point: number): boolean => true;

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

function firstMember(members: Int32Array, from: number, to: number, mayStand = all): number {
  return leastBy(members, from, to, (point) => point, mayStand);
}

function leastBy(
  members: Int32Array,
  from: number,
  to: number,
  keyOf: (point: number) => number,
  mayStand = all,
): number {
  let chosen = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let place = from; place < to; place++) {
    const point = members[place] ?? 0;
    if (!mayStand(point)) continue;
    const key = keyOf(point);
    if (key < least || (key === least && point < chosen)) {
      least = key;
      chosen = point;
    }
  }
  return chosen;
}

function nearestToMean(
  { data, columns }: Matrix,
  members: Int32Array,
  from: number,
  to: number,
  mayStand = all,
): number {
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
  if (whole === 0) return firstMember(members, from, to, mayStand);
  for (let column = 0; column < columns; column++) mean[column] = (mean[column] ?? 0) / whole;
  return leastBy(
    members,
    from,
    to,
    (point) => {
      let squared = 0;
      for (let column = 0; column < columns; column++)
        squared += ((data[point * columns + column] ?? 0) - (mean[column] ?? 0)) ** 2;
      // A row with a NaN compares as neither nearer nor further, one with an infinity as infinitely far.
      return squared;
    },
    mayStand,
  );
}

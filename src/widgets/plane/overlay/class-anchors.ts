import { toMap, type View } from "../view.ts";
import type { Box } from "./place-names.ts";

/** Classes of rows and what they are called. */
export interface NamedClasses {
  readonly names: readonly string[];
  /** Class of each row, an index into `names`; -1 where it has none. */
  readonly codes: ArrayLike<number>;
}

/** Where a class is densest, in map units. */
export interface ClassAnchor {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly rows: number;
  /** Rows of the class lie in, or a fortieth of the map from, the box with these two opposite corners, map units. */
  isIn(from: readonly [x: number, y: number], to: readonly [x: number, y: number]): boolean;
}

/** With more classes than this the names would cover the map. */
export const MOST_NAMES = 12;

const CELLS = 40;
const SAMPLE = 100_000;

/** The densest spot of each class, largest class first; nothing where there are too many classes. */
export function classAnchors(positions: Float32Array, { names, codes }: NamedClasses): readonly ClassAnchor[] {
  const present = names.length;
  if (present === 0 || present > MOST_NAMES) return [];
  const rows = Math.min(positions.length >> 1, codes.length);
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  const grid = spanGrid(positions, rows, step);
  if (!grid) return [];
  const counts = new Float32Array(present * CELLS * CELLS);
  const totals = new Float64Array(present);
  const cellOf = (row: number) => {
    const column = Math.floor((((positions[2 * row] ?? Number.NaN) - grid.left) / grid.size) * CELLS);
    const line = Math.floor((((positions[2 * row + 1] ?? Number.NaN) - grid.bottom) / grid.size) * CELLS);
    return Math.min(CELLS - 1, line) * CELLS + Math.min(CELLS - 1, column);
  };
  for (let row = 0; row < rows; row += step) {
    const code = codes[row] ?? -1;
    const cell = cellOf(row);
    if (code < 0 || code >= present || Number.isNaN(cell)) continue;
    counts[code * CELLS * CELLS + cell] = (counts[code * CELLS * CELLS + cell] ?? 0) + 1;
    totals[code] = (totals[code] ?? 0) + 1;
  }
  return names
    .map((name, code) => ({ name, code, rows: totals[code] ?? 0 }))
    .filter(({ rows: found }) => found > 0)
    .sort((a, b) => b.rows - a.rows)
    .map(({ name, code, rows: found }) => {
      const own = counts.subarray(code * CELLS * CELLS, (code + 1) * CELLS * CELLS);
      const [column, line] = densestPlace(own);
      const unit = grid.size / CELLS;
      const isIn: ClassAnchor["isIn"] = (from, to) => {
        const columns = cellsBetween((from[0] - grid.left) / unit, (to[0] - grid.left) / unit);
        const lines = cellsBetween((from[1] - grid.bottom) / unit, (to[1] - grid.bottom) / unit);
        return lines.some((across) => columns.some((along) => (own[across * CELLS + along] ?? 0) > 0));
      };
      return { name, rows: found, x: grid.left + column * unit, y: grid.bottom + line * unit, isIn };
    });
}

/** Tells of a box of the body whether rows of the class lie under it or near: whether its name is written there with right. */
export function liesOn({ isIn }: ClassAnchor, view: View): (box: Box) => boolean {
  return ({ left, right, top, bottom }) => isIn(toMap(view, left, bottom), toMap(view, right, top));
}

function spanGrid(positions: Float32Array, rows: number, step: number) {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [bottom, top] = [left, right];
  for (let row = 0; row < rows; row += step) {
    const x = positions[2 * row] ?? Number.NaN;
    const y = positions[2 * row + 1] ?? Number.NaN;
    if (!Number.isFinite(x + y)) continue;
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  return left <= right ? { left, bottom, size: Math.max(right - left, top - bottom) || 1 } : null;
}

/** The numbers of the cells from one place to another, whichever is first. */
function cellsBetween(a: number, b: number): readonly number[] {
  const first = Math.max(0, Math.floor(Math.min(a, b)));
  const last = Math.min(CELLS - 1, Math.floor(Math.max(a, b)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place);
}

/** The middle of mass of the 3 x 3 cells that hold most, in cells. */
function densestPlace(counts: Float32Array): readonly [column: number, line: number] {
  const at = (column: number, line: number) =>
    column < 0 || line < 0 || column >= CELLS || line >= CELLS ? 0 : (counts[line * CELLS + column] ?? 0);
  let best = { sum: -1, column: 0, line: 0 };
  for (let line = 0; line < CELLS; line++) {
    for (let column = 0; column < CELLS; column++) {
      let sum = 0;
      let weightedColumn = 0;
      let weightedLine = 0;
      for (let down = -1; down <= 1; down++) {
        for (let aside = -1; aside <= 1; aside++) {
          const here = at(column + aside, line + down);
          sum += here;
          weightedColumn += here * (column + aside + 0.5);
          weightedLine += here * (line + down + 0.5);
        }
      }
      // The cell itself counts twice: of two neighbourhoods that hold the same, the one around the peak is meant.
      const peak = sum + at(column, line);
      if (sum > 0 && peak > best.sum) best = { sum: peak, column: weightedColumn / sum, line: weightedLine / sum };
    }
  }
  return [best.column, best.line];
}

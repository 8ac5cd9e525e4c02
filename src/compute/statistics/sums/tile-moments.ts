import type { Matrix } from "../../matrix.ts";
import type { GroupMoments } from "../one-way/group-moments.ts";
import { groupSizes } from "./row-cells.ts";
import { type CellSums, meanFrom } from "./sum-cells.ts";

export interface TileMoments extends GroupMoments {
  /**
   * groups × units: the means as their distances from a number near them all, which keep digits that the means have lost
   * to an offset; what a test takes for means.
   */
  readonly distances: Float64Array<ArrayBuffer>;
}

/** Moments of the groups with every row an observation. */
export function tileMoments(values: Matrix, cellSums: CellSums): TileMoments {
  const { cells, units, pilots } = cellSums;
  const { groupCount } = cells;
  const sizes = groupSizes(cells);
  const sums = groupSums(cellSums);
  const first = Math.max(
    0,
    sizes.findIndex((size) => size > 0),
  );
  const means = new Float64Array(groupCount * units);
  const distances = new Float64Array(groupCount * units);
  const squares = new Float64Array(groupCount * units);
  for (let place = 0; place < means.length; place++) {
    const size = sizes[Math.floor(place / units)] ?? 0;
    if (size === 0) continue;
    // Not a number, not infinite, where a value is not finite.
    const sum = Number.isFinite(sums[place]) ? (sums[place] ?? 0) : Number.NaN;
    const pilot = pilots[place] ?? 0;
    const distance = sum / size;
    means[place] = meanFrom(pilot, sum, size);
    distances[place] = pilot - (pilots[first * units + (place % units)] ?? 0) + distance;
    // Rounding must not leave less than nothing.
    squares[place] = Math.max(0, (cellSums.squares[place] ?? 0) - sum * distance);
  }
  return { groups: groupCount, units, sizes, means, distances, squares, missing: countMissing(values, cellSums) };
}

/** groups × units. */
function groupSums({ cells, units, sums }: CellSums): Float64Array {
  const joined = new Float64Array(cells.groupCount * units);
  cells.groups.forEach((group, cell) => {
    for (let unit = 0; unit < units; unit++) {
      const place = group * units + unit;
      joined[place] = (joined[place] ?? 0) + (sums[cell * units + unit] ?? 0);
    }
  });
  return joined;
}

/** Values that are not finite, a number a unit; only where a sum tells of some are they looked for. */
function countMissing({ data, columns }: Matrix, { cells, units, sums }: CellSums): Int32Array<ArrayBuffer> {
  const missing = new Int32Array(units);
  for (let place = 0; place < sums.length; place++) {
    if (Number.isFinite(sums[place])) continue;
    const cell = Math.floor(place / units);
    const unit = place % units;
    for (const row of cells.rows.subarray(cells.starts[cell], cells.starts[cell + 1]))
      if (!Number.isFinite(data[row * columns + unit])) missing[unit] = (missing[unit] ?? 0) + 1;
  }
  return missing;
}

import type { GroupMoments } from "../one-way/group-moments.ts";
import type { SlideValues } from "../one-way/unit-table.ts";

/** Moments of the groups with every slide an observation; missing are the observations that have no finite value. */
export function slideMoments({ values, groups }: SlideValues, units: number, groupCount: number): GroupMoments {
  const sizes = new Int32Array(groupCount);
  const missing = new Int32Array(units);
  const firsts = new Float64Array(groupCount * units);
  const sums = new Float64Array(groupCount * units);
  const squares = new Float64Array(groupCount * units);
  groups.forEach((group, observation) => {
    const isFirst = sizes[group] === 0;
    sizes[group] = (sizes[group] ?? 0) + 1;
    for (let unit = 0; unit < units; unit++) {
      const place = group * units + unit;
      const value = values[observation * units + unit] ?? 0;
      if (!Number.isFinite(value)) missing[unit] = (missing[unit] ?? 0) + 1;
      if (isFirst) firsts[place] = value;
      sums[place] = (sums[place] ?? 0) + value - (firsts[place] ?? 0);
    }
  });
  // Twice through them: they are few, and squares about the mean itself lose no digit.
  const means = firsts.map((first, place) => {
    const size = sizes[Math.floor(place / units)] ?? 0;
    return size > 0 ? first + (sums[place] ?? 0) / size : 0;
  });
  groups.forEach((group, observation) => {
    for (let unit = 0; unit < units; unit++) {
      const place = group * units + unit;
      squares[place] = (squares[place] ?? 0) + ((values[observation * units + unit] ?? 0) - (means[place] ?? 0)) ** 2;
    }
  });
  return { groups: groupCount, units, sizes, means, squares, missing };
}

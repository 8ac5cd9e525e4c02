import type { GroupMoments } from "../../../src/compute/statistics/one-way/group-moments.ts";

/** Moments of one unit from its values, group by group; what is not finite is counted. */
export function momentsOf(groups: readonly (readonly number[])[]): GroupMoments {
  const means = groups.map((values) => {
    const first = values[0] ?? 0;
    return first + values.reduce((sum, value) => sum + (value - first), 0) / Math.max(1, values.length);
  });
  return {
    groups: groups.length,
    units: 1,
    sizes: Int32Array.from(groups, (values) => values.length),
    means: Float64Array.from(means),
    squares: Float64Array.from(groups, (values, group) =>
      values.reduce((sum, value) => sum + (value - (means[group] ?? 0)) ** 2, 0),
    ),
    missing: Int32Array.of(groups.flat().filter((value) => !Number.isFinite(value)).length),
  };
}

/** Several units, each with its moments in the same groups, side by side. */
export function besideEachOther(units: readonly GroupMoments[]): GroupMoments {
  const [first] = units;
  if (!first) throw new Error("no units");
  const { groups, sizes } = first;
  const table = (name: "means" | "squares") =>
    Float64Array.from({ length: groups * units.length }, (_, place) => {
      const unit = units[place % units.length];
      return unit?.[name][Math.floor(place / units.length)] ?? Number.NaN;
    });
  return {
    groups,
    units: units.length,
    sizes,
    means: table("means"),
    squares: table("squares"),
    missing: Int32Array.from(units, ({ missing }) => missing[0] ?? 0),
  };
}

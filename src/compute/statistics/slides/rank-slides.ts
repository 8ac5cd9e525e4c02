import type { Job } from "../../job.ts";
import { Pace } from "../../runtime/pace.ts";
import type { GroupMoments, GroupRanks } from "../one-way/group-moments.ts";
import type { SlideValues } from "../one-way/unit-table.ts";

export interface RankedSlides {
  readonly sums: GroupRanks;
  /** Each slide's rank among all of a unit, in place of its value; equal values share the mean of their places. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** Ranks of slides' values, and their sums a group; of no meaning where a value is missing. */
export async function rankSlides(
  { values, groups }: SlideValues,
  counted: Pick<GroupMoments, "groups" | "units" | "sizes" | "missing">,
  { signal, onProgress }: Job = {},
): Promise<RankedSlides> {
  const { units } = counted;
  const ranked = new Float64Array(values.length);
  const rankSums = new Float64Array(counted.groups * units);
  const ties = new Float64Array(units);
  const sorted = new Float64Array(groups.length);
  const pace = new Pace(signal);
  await pace.check();
  for (let unit = 0; unit < units; unit++) {
    for (let slide = 0; slide < sorted.length; slide++) sorted[slide] = values[slide * units + unit] ?? Number.NaN;
    sorted.sort();
    ties[unit] = sumTies(sorted);
    groups.forEach((group, slide) => {
      const place = slide * units + unit;
      const rank = rankIn(sorted, values[place] ?? Number.NaN);
      ranked[place] = rank;
      rankSums[group * units + unit] = (rankSums[group * units + unit] ?? 0) + rank;
    });
    if (!pace.isDue) continue;
    onProgress?.({ stage: "Ranking slides", done: unit + 1, total: units, unit: "units" });
    await pace.check();
  }
  return { sums: { ...counted, rankSums, ties }, values: ranked };
}

/** The sum of t³ - t over the runs of t equal values. */
function sumTies(sorted: Float64Array): number {
  let ties = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    ties += (to - from) ** 3 - (to - from);
  }
  return ties;
}

/** The mean place of the values that are equal to this one, 1 the least. */
function rankIn(sorted: Float64Array, value: number): number {
  const before = countWhere(sorted, (other) => other < value);
  return (before + countWhere(sorted, (other) => other <= value) + 1) / 2;
}

/** How many values, the first ones all, are so. */
function countWhere(sorted: Float64Array, isSo: (value: number) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isSo(sorted[middle] ?? Number.NaN)) from = middle + 1;
    else to = middle;
  }
  return from;
}

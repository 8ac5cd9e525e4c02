import type { GroupMoments } from "./group-moments.ts";

/** A unit's squared distances from its mean over all observations, split in two. */
export interface SplitSquares {
  /** Groups that have observations. */
  readonly groups: number;
  readonly observations: number;
  /** Sum of squared distances of the groups' means from the mean of all, one for each observation. */
  readonly between: number;
  /** Sum of squared distances of the observations from their group's mean. */
  readonly within: number;
}

export function splitSquares({ groups, units, sizes, means, squares }: GroupMoments, unit: number): SplitSquares {
  let [occupied, observations, within] = [0, 0, 0];
  // Distances from one of the means, not from 0: of groups that all have the same mean not a bit is left.
  let [first, shift] = [0, 0];
  for (let group = 0; group < groups; group++) {
    const size = sizes[group] ?? 0;
    if (size === 0) continue;
    const mean = means[group * units + unit] ?? 0;
    if (occupied++ === 0) first = mean;
    observations += size;
    shift += size * (mean - first);
    within += squares[group * units + unit] ?? 0;
  }
  const grand = shift / observations;
  let between = 0;
  for (let group = 0; group < groups; group++) {
    const size = sizes[group] ?? 0;
    if (size > 0) between += size * ((means[group * units + unit] ?? 0) - first - grand) ** 2;
  }
  return { groups: occupied, observations, between, within };
}

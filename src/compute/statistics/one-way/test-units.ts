import { logFSurvival } from "../distributions/f-distribution.ts";
import type { GroupMoments, Tested } from "./group-moments.ts";
import { noAnswers } from "./no-answers.ts";
import { splitSquares } from "./split-squares.ts";
import { welchF } from "./welch.ts";

/** An F and its degrees of freedom, of the numerator and of the denominator. */
export interface FRatio {
  readonly f: number;
  readonly between: number;
  readonly within: number;
}

/**
 * Whether the groups' means differ, for every unit: by analysis of variance with one factor, F and p those of SciPy's
 * `f_oneway`; or without equal variances (Welch 1951), those of statsmodels' `anova_oneway(use_var="unequal")`.
 * Effect sizes are those of the analysis of variance in either case.
 *
 * A group without observations is not compared: it adds no degree of freedom. No statistic (NaN, logP 0) is there
 * where a value is missing, with fewer than two groups, with no more observations than groups, and where all values
 * are equal. Where the values differ between groups but not within any, F is infinite and p 0. Welch's test further has
 * no statistic where a group is of a single observation, whose variance is not known, or of equal ones beside groups
 * whose values differ.
 */
export function testUnits(moments: GroupMoments, test: "anova" | "welch"): Tested {
  const { units, sizes, missing } = moments;
  const tested = noAnswers(units);
  const hasSingle = sizes.includes(1);
  for (let unit = 0; unit < units; unit++) {
    if (missing[unit]) continue;
    const split = splitSquares(moments, unit);
    const { groups, observations, between, within } = split;
    const [numerator, denominator] = [groups - 1, observations - groups];
    if (numerator < 1 || denominator < 1) continue;
    const meanWithin = within / denominator;
    tested.etaSquared[unit] = between / (between + within);
    tested.omegaSquared[unit] = (between - numerator * meanWithin) / (between + within + meanWithin);
    const ratio =
      test === "welch" && (within > 0 || hasSingle)
        ? welchF(moments, unit)
        : { f: between / numerator / meanWithin, between: numerator, within: denominator };
    tested.statistic[unit] = ratio.f;
    if (!Number.isNaN(ratio.f)) tested.logP[unit] = logFSurvival(ratio.f, ratio.between, ratio.within);
  }
  return tested;
}

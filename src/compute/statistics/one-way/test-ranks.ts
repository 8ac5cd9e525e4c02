import { logChiSquaredSurvival } from "../distributions/chi-squared.ts";
import type { GroupRanks, Tested } from "./group-moments.ts";
import { noAnswers } from "./no-answers.ts";

/**
 * Whether the groups' ranks differ, for every unit: H of Kruskal and Wallis (1952), corrected for ties, with p of chi
 * squared; both those of SciPy's `kruskal`.
 *
 * Effect sizes: `etaSquared` is H / (N - 1), the share of the ranks' variance that the groups explain; `omegaSquared`
 * is (H - k + 1) / (N - k), the same without its bias, which Tomczak and Tomczak (2014, "The need to report effect size
 * estimates revisited") call η²H. It is NaN with a single observation a group.
 *
 * A group without observations is not compared. No statistic (NaN, logP 0) is there where a value is missing, with
 * fewer than two groups, and where all values are equal.
 */
export function testRanks({ units, sizes, rankSums, ties, missing }: GroupRanks): Tested {
  const tested = noAnswers(units);
  const compared = [...sizes.keys()].filter((group) => (sizes[group] ?? 0) > 0);
  const observations = compared.reduce((sum, group) => sum + (sizes[group] ?? 0), 0);
  const degrees = compared.length - 1;
  if (degrees < 1) return tested;
  const middle = (observations + 1) / 2;
  for (let unit = 0; unit < units; unit++) {
    const untied = 1 - (ties[unit] ?? 0) / (observations ** 3 - observations);
    // One value that differs from all others leaves 3 / N; less is the rounding of nothing.
    if (missing[unit] || untied < 1 / observations) continue;
    const spread = compared.reduce((sum, group) => {
      const size = sizes[group] ?? 0;
      return sum + size * ((rankSums[group * units + unit] ?? 0) / size - middle) ** 2;
    }, 0);
    const h = (12 * spread) / (observations * (observations + 1)) / untied;
    tested.statistic[unit] = h;
    tested.logP[unit] = logChiSquaredSurvival(h, degrees);
    tested.etaSquared[unit] = h / (observations - 1);
    tested.omegaSquared[unit] =
      observations > compared.length ? (h - degrees) / (observations - compared.length) : Number.NaN;
  }
  return tested;
}

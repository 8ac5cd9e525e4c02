import { describe, expect, it } from "vitest";
import { testUnits } from "../../../src/compute/statistics/one-way/test-units.ts";
import { statistics } from "./goldens.ts";
import { besideEachOther, momentsOf } from "./moments-of.ts";
import { relativeError } from "./relative-error.ts";

type Golden = (typeof statistics.tests)[number];

const goldenMoments = ({ sizes, means, squares }: Golden) => ({
  groups: sizes.length,
  units: 1,
  sizes: Int32Array.from(sizes),
  means: Float64Array.from(means),
  squares: Float64Array.from(squares),
  missing: new Int32Array(1),
});

const answer = (groups: readonly (readonly number[])[], test: "anova" | "welch" = "anova") => {
  const { statistic, logP, etaSquared, omegaSquared } = testUnits(momentsOf(groups), test);
  return [statistic[0], logP[0], etaSquared[0], omegaSquared[0]];
};
const none = [Number.NaN, 0, Number.NaN, Number.NaN];

/** As good as p allows: an F that is off by a share changes log p by that share of p's steepness there. */
function expectSameP(logP: number | undefined, golden: { readonly p: number | null; readonly logP: number | null }) {
  if (golden.p !== null && golden.p > 1e-300)
    expect(relativeError(Math.exp(logP ?? Number.NaN), golden.p)).toBeLessThan(1e-9);
  if (golden.logP !== null) expect(relativeError(logP, golden.logP)).toBeLessThan(1e-11);
}

describe("analysis of variance", () => {
  it.each(statistics.tests)("has SciPy's F and p, and the effect sizes: groups of $sizes", (golden) => {
    const tested = testUnits(goldenMoments(golden), "anova");
    expect(relativeError(tested.statistic[0], golden.anova.statistic)).toBeLessThan(1e-9);
    expectSameP(tested.logP[0], golden.anova);
    expect(tested.etaSquared[0]).toBeCloseTo(golden.anova.etaSquared, 11);
    expect(tested.omegaSquared[0]).toBeCloseTo(golden.anova.omegaSquared, 11);
  });

  it("meets p from above a half to below 1e-300 in these", () => {
    const all = statistics.tests.map(({ anova }) => anova.p);
    expect(all.some((p) => p !== null && p > 0.5)).toBe(true);
    expect(all.some((p) => p !== null && p < 1e-200)).toBe(true);
    expect(all).toContain(null);
  });

  it("answers the same whatever is added to all values, to as many digits as the means have", () => {
    const groups = [
      [0.125, 0.5, 0.75],
      [1, 1.25, 2.5],
    ];
    const [f = Number.NaN] = answer(groups);
    const [moved] = answer(groups.map((values) => values.map((value) => value + 2 ** 20)));
    expect(relativeError(moved, f)).toBeLessThan(1e-9);
  });

  it("has no statistic where all values are equal", () => {
    expect(answer([Array(7).fill(0.1), Array(5).fill(0.1), Array(3).fill(0.1)])).toEqual(none);
  });

  it("has an infinite F and p 0 where values differ between groups and within none", () => {
    const certain = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, 1];
    expect(answer([Array(7).fill(0.1), Array(5).fill(0.3)])).toEqual(certain);
    expect(answer([Array(7).fill(0.1), Array(5).fill(0.3)], "welch")).toEqual(certain);
  });

  it("has no statistic where a value is missing, in that unit alone", () => {
    const whole = momentsOf([
      [1, 2, 3],
      [4, 5, 7],
    ]);
    const broken = momentsOf([
      [1, Number.NaN, 3],
      [4, Number.POSITIVE_INFINITY, 7],
    ]);
    const { statistic, logP } = testUnits(besideEachOther([broken, whole]), "anova");
    expect([...statistic]).toEqual([Number.NaN, testUnits(whole, "anova").statistic[0]]);
    expect(logP[0]).toBe(0);
    const counted = { ...whole, missing: Int32Array.of(1) };
    for (const test of ["anova", "welch"] as const)
      expect(Object.values(testUnits(counted, test)).map(([number]) => number)).toEqual(none);
  });

  it("does not compare a group that has no observation", () => {
    const [some, more] = [
      [1, 2, 3, 5],
      [4, 5, 7],
    ];
    for (const test of ["anova", "welch"] as const)
      expect(answer([[], some, [], more], test)).toEqual(answer([some, more], test));
  });

  it("has no statistic for one group alone, for none, and for a selection that is empty or everything", () => {
    for (const test of ["anova", "welch"] as const) {
      expect(answer([[1, 2, 3]], test)).toEqual(none);
      expect(answer([[], [1, 2, 3]], test)).toEqual(none);
      expect(answer([[1, 2, 3], []], test)).toEqual(none);
      expect(answer([[], []], test)).toEqual(none);
    }
  });

  it("has no statistic where every group is a single observation, and one where the last is not", () => {
    expect(answer([[1], [2], [4]])).toEqual(none);
    // Between: 2 x 1.5² about the mean of 2 with two degrees of freedom; within: 0.5 with one.
    expect(answer([[1], [2], [3.5, 4.5]])[0]).toBeCloseTo(6.75 / 2 / 0.5, 12);
  });

  it("takes no effect for none: F of 0, p of 1, omega squared below 0", () => {
    const [f, logP, eta, omega] = answer([
      [1, 3],
      [0, 4],
    ]);
    expect([f, logP, eta]).toEqual([0, 0, 0]);
    expect(omega).toBeLessThan(0);
  });

  it("tests each unit by itself", () => {
    const apart = statistics.tests.filter(({ sizes }) => sizes.join() === "300,280,320").map(goldenMoments);
    const together = testUnits(besideEachOther(apart), "anova");
    expect([...together.logP]).toEqual(apart.map((moments) => testUnits(moments, "anova").logP[0]));
  });
});

describe("Welch's analysis of variance", () => {
  it.each(statistics.tests)("has statsmodels' F and p: groups of $sizes", (golden) => {
    const tested = testUnits(goldenMoments(golden), "welch");
    if (golden.welch === null) {
      expect([tested.statistic[0], tested.logP[0]]).toEqual([Number.NaN, 0]);
      return;
    }
    expect(relativeError(tested.statistic[0], golden.welch.statistic)).toBeLessThan(1e-9);
    expectSameP(tested.logP[0], golden.welch);
    expect(tested.etaSquared[0]).toBeCloseTo(golden.anova.etaSquared, 11);
  });

  it("is Welch's t test squared where there are two groups", () => {
    const [a, b] = [
      [1, 2, 4, 3.5],
      [5, 9, 4],
    ];
    const variance = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return { mean, ofMean: squares / (values.length - 1) / values.length };
    };
    const [first, second] = [variance(a), variance(b)];
    const tSquared = (first.mean - second.mean) ** 2 / (first.ofMean + second.ofMean);
    expect(answer([a, b], "welch")[0]).toBeCloseTo(tSquared, 12);
  });

  it("has no statistic beside a group of one, or of equal values, which have no variance to weigh by", () => {
    for (const odd of [[2], [2, 2, 2]])
      expect(answer([odd, [1, 3, 4], [5, 6, 9]], "welch").slice(0, 2)).toEqual([Number.NaN, 0]);
    expect(answer([[2], [5, 5, 5]], "welch").slice(0, 2)).toEqual([Number.NaN, 0]);
  });
});

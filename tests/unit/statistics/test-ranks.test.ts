import { describe, expect, it } from "vitest";
import { testRanks } from "../../../src/compute/statistics/one-way/test-ranks.ts";
import { statistics } from "./goldens.ts";
import { relativeError } from "./relative-error.ts";

/** Rank sums of one unit, by comparing every value with every other. */
function ranksOf(groups: readonly (readonly number[])[]) {
  const all = groups.flat();
  const below = (value: number) => all.filter((other) => other < value).length;
  const equal = (value: number) => all.filter((other) => other === value).length;
  const rank = (value: number) => below(value) + (equal(value) + 1) / 2;
  return {
    groups: groups.length,
    units: 1,
    sizes: Int32Array.from(groups, (values) => values.length),
    rankSums: Float64Array.from(groups, (values) => values.reduce((sum, value) => sum + rank(value), 0)),
    ties: Float64Array.of([...new Set(all)].reduce((sum, value) => sum + equal(value) ** 3 - equal(value), 0)),
    missing: Int32Array.of(all.filter((value) => !Number.isFinite(value)).length),
  };
}

const answer = (groups: readonly (readonly number[])[]) => {
  const { statistic, logP, etaSquared, omegaSquared } = testRanks(ranksOf(groups));
  return [statistic[0], logP[0], etaSquared[0], omegaSquared[0]];
};
const none = [Number.NaN, 0, Number.NaN, Number.NaN];

describe("Kruskal and Wallis' test", () => {
  it.each(statistics.tests)("has SciPy's H and p, and the effect sizes of the ranks: groups of $sizes", (golden) => {
    const tested = testRanks({
      groups: golden.sizes.length,
      units: 1,
      sizes: Int32Array.from(golden.sizes),
      rankSums: Float64Array.from(golden.rankSums),
      ties: Float64Array.of(golden.ties),
      missing: new Int32Array(1),
    });
    const { statistic, p, logP, etaSquared, omegaSquared } = golden.kruskal;
    expect(relativeError(tested.statistic[0], statistic)).toBeLessThan(1e-9);
    if (p !== null && p > 1e-300) expect(relativeError(Math.exp(tested.logP[0] ?? Number.NaN), p)).toBeLessThan(1e-9);
    // SciPy's H is a small difference of large numbers: among a million values it has 11 digits.
    expect(relativeError(tested.logP[0], logP ?? Number.NaN)).toBeLessThan(1e-10);
    expect(tested.etaSquared[0]).toBeCloseTo(etaSquared, 11);
    expect(tested.omegaSquared[0]).toBeCloseTo(omegaSquared, 11);
  });

  it("answers by ranks alone: any rising function of the values changes nothing", () => {
    const groups = [
      [0.1, 2, 2, 5],
      [3, 3.5, 9],
      [2, 4, 40],
    ];
    expect(answer(groups.map((values) => values.map(Math.exp)))).toEqual(answer(groups));
  });

  it("has no statistic where all values are equal, where one is missing, and with fewer than two groups", () => {
    expect(answer([Array(40).fill(0.1), Array(37).fill(0.1)])).toEqual(none);
    expect(answer([[1, Number.NaN], [2]])).toEqual(none);
    expect(answer([[1, 2, 3]])).toEqual(none);
    expect(answer([[1, 2, 3], []])).toEqual(none);
  });

  it("has one where a single value differs from a million equal ones", () => {
    const [size, one] = [500_000, 1_000_000];
    const equal = one - 1;
    const { statistic, logP } = testRanks({
      groups: 2,
      units: 1,
      sizes: Int32Array.of(size, size),
      rankSums: Float64Array.of((size * one) / 2, ((size - 1) * one) / 2 + one),
      ties: Float64Array.of(equal ** 3 - equal),
      missing: new Int32Array(1),
    });
    // The rank of one value among N, in halves: H = 1 whatever N is.
    expect(statistic[0]).toBeCloseTo(1, 9);
    expect(Math.exp(logP[0] ?? 0)).toBeCloseTo(0.31731050786, 9);
  });

  it("does not compare a group that has no observation", () => {
    const [some, more] = [
      [1, 2, 3, 5],
      [4, 5, 7],
    ];
    expect(answer([some, [], more, []])).toEqual(answer([some, more]));
  });

  it("has SciPy's H for single observations, but no effect without bias", () => {
    const [h, logP, eta, omega] = answer([[1], [2], [3]]);
    expect(h).toBeCloseTo(2, 12);
    expect(logP).toBeCloseTo(-1, 12);
    expect([eta, omega]).toEqual([1, Number.NaN]);
    // Here rounding leaves H a little above its degrees of freedom.
    expect(answer([[1], [1], [1], [2], [3], [4]])[3]).toBeNaN();
  });
});

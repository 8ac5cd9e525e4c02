import { describe, expect, it } from "vitest";
import { rankUnits } from "../../../src/compute/statistics/one-way/rank-units.ts";
import { tabulateUnits } from "../../../src/compute/statistics/one-way/tabulate-units.ts";
import { testUnits } from "../../../src/compute/statistics/one-way/test-units.ts";
import { besideEachOther, momentsOf } from "./moments-of.ts";

const { NaN: none, POSITIVE_INFINITY: endless } = Number;

function ranked(units: readonly (readonly [statistic: number, logP: number])[]): readonly number[] {
  const [statistic, logP] = [0, 1].map((column) => Float64Array.from(units, (unit) => unit[column] ?? none));
  return statistic && logP ? [...rankUnits({ statistic, logP })] : [];
}

describe("the ranking of units", () => {
  it("goes by p, also where p is too small for a number", () => {
    expect(
      ranked([
        [1, -0.5],
        [8, -3000],
        [9, -2000],
        [7, -3],
      ]),
    ).toEqual([1, 2, 3, 0]);
  });

  it("breaks ties of p by the statistic, infinite ones first, then by number", () => {
    expect(
      ranked([
        [2, -4],
        [5, -4],
        [2, -4],
        [1e300, -endless],
        [endless, -endless],
        [endless, -endless],
      ]),
    ).toEqual([4, 5, 3, 1, 0, 2]);
  });

  it("puts units without a statistic last, by number, even behind a p of 1", () => {
    expect(
      ranked([
        [none, 0],
        [0, 0],
        [none, 0],
        [3, -1],
      ]),
    ).toEqual([3, 1, 0, 2]);
  });
});

describe("the table of units", () => {
  const moments = besideEachOther([
    momentsOf([
      [1, 2, 3],
      [2, 3, 4.5],
    ]),
    momentsOf([
      [1, none, 3],
      [2, 3, 4],
    ]),
    momentsOf([
      [1, 1.1, 1.2],
      [7, 7.1, 7.3],
    ]),
    momentsOf([
      [1, 1, 1],
      [2, 2, 2],
    ]),
  ]);
  const table = tabulateUnits("slide", "anova", testUnits(moments, "anova"), moments, null);

  it("says what it is of, and repeats what the moments know", () => {
    expect([table.level, table.test, table.permutationP]).toEqual(["slide", "anova", null]);
    expect([table.means, table.sizes, table.missing]).toEqual([moments.means, moments.sizes, moments.missing]);
  });

  it("adjusts p for the units that have a statistic, and ranks all", () => {
    expect([...table.ranking]).toEqual([3, 2, 0, 1]);
    const [first = none, second = none] = table.p;
    expect(second).toBe(1);
    expect(table.bonferroni[0]).toBeCloseTo(3 * first, 12);
    expect(table.q[0]).toBeCloseTo(first, 12);
    expect(table.q[2]).toBeCloseTo((3 / 2) * (table.p[2] ?? none), 12);
    expect([table.p[3], table.q[3], table.logQ[3], table.bonferroni[3]]).toEqual([0, 0, -endless, 0]);
    expect([table.statistic[1], table.q[1], table.logQ[1], table.bonferroni[1]]).toEqual([none, 1, 0, 1]);
  });

  it("keeps q as logarithm where p is no longer a number", () => {
    const far = momentsOf([
      [1, 2, 3],
      [7, 8, 9.5],
    ]);
    const wide = { ...far, sizes: Int32Array.of(30_000, 30_000) };
    const { p, q, logP, logQ } = tabulateUnits("tile", "anova", testUnits(wide, "anova"), wide, null);
    expect([p[0], q[0]]).toEqual([0, 0]);
    expect(logQ[0]).toBe(logP[0]);
    expect(logP[0]).toBeLessThan(-10_000);
  });
});

import { describe, expect, it } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import type { GroupedRows } from "../../../src/compute/statistics/grouped-rows.ts";
import type { UnitTable } from "../../../src/compute/statistics/one-way/unit-table.ts";
import { RowStatistics } from "../../../src/compute/statistics/row-statistics.ts";
import { statisticsDefaults, type UnitTest, unitTests } from "../../../src/compute/statistics/statistics-options.ts";

/** Four slides of three tiles, two slides a class; unit 0 is what a case makes of it, unit 1 tells the classes apart. */
const tiles = 12;
const slideOf = (row: number) => Math.floor(row / 3);
const classOf = (row: number) => Math.floor(row / 6);

function rowsWith(
  activationOf: (row: number) => number,
  codeOf: (row: number) => number = classOf,
  count = 2,
): GroupedRows {
  const every = [...Array(tiles).keys()];
  return {
    values: {
      data: Float32Array.from(every.flatMap((row) => [activationOf(row), ((row * 7) % 5) + 3 * classOf(row)])),
      rows: tiles,
      columns: 2,
    },
    groups: { codes: Int32Array.from(every, codeOf), count },
    slides: { codes: Int32Array.from(every, slideOf), count: 4 },
  };
}

const asked = (test: UnitTest) => ({ ...statisticsDefaults, permutations: 0, test });

/** Both levels' [statistic, logP] of a unit. */
async function answers(rows: GroupedRows, test: UnitTest, unit: number, selected: readonly number[] | null = null) {
  const { tile, slide } = await new RowStatistics(rows).rank(asked(test), selected && maskOf(selected, tiles));
  const answer = (table: UnitTable | null) => [table?.statistic[unit], table?.logP[unit]];
  return [answer(tile), answer(slide)];
}

const none = [
  [Number.NaN, 0],
  [Number.NaN, 0],
];
const certain = [
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
];
const whole = (row: number) => ((row * 5) % 7) + classOf(row);

describe.each(unitTests)("the edges of %s, at both levels", (test) => {
  it("has no statistic of values that are all equal", async () => {
    const equal = rowsWith(() => 0.1);
    expect(await answers(equal, test, 0)).toEqual(none);
  });

  it("has no statistic of a unit with a missing or infinite value, and ranks it last", async () => {
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const rows = rowsWith((row) => (row === 4 ? odd : whole(row)));
      const [tile, slide] = await answers(rows, test, 0);
      expect([tile, slide]).toEqual(none);
      const tables = await new RowStatistics(rows).rank(asked(test), null);
      expect([[...tables.tile.ranking], [...(tables.slide?.ranking ?? [])]]).toEqual([
        [1, 0],
        [1, 0],
      ]);
    }
  });

  it("leaves out rows without a class, and what is missing in them", async () => {
    const left = (row: number) => (slideOf(row) === 1 ? -1 : classOf(row));
    const rows = rowsWith(whole, left);
    const answer = await answers(rows, test, 0);
    const odd = rowsWith((row) => (left(row) < 0 ? Number.NaN : whole(row)), left);
    expect(await answers(odd, test, 0)).toEqual(answer);
    expect(answer).not.toEqual(await answers(rowsWith(whole), test, 0));
    expect(answer[0]?.[0]).toBeGreaterThan(0);
  });

  it("does not compare a class without rows", async () => {
    const spread = rowsWith(whole, (row) => 1 + 2 * classOf(row), 5);
    expect(await answers(spread, test, 0)).toEqual(await answers(rowsWith(whole), test, 0));
  });

  it("has no statistic of one class alone", async () => {
    const alone = rowsWith(whole, () => 0, 1);
    expect(await answers(alone, test, 0)).toEqual(none);
  });

  it("has no statistic of a selection that is empty, or everything", async () => {
    const rows = rowsWith(whole);
    expect(await answers(rows, test, 1, [])).toEqual(none);
    expect(await answers(rows, test, 1, [...Array(tiles).keys()])).toEqual(none);
  });
});

describe.each(["anova", "welch"] as const)("the edges of %s", (test) => {
  it("has an infinite F, and p 0, of values that differ between classes alone", async () => {
    const apart = rowsWith((row) => (classOf(row) === 0 ? 0.1 : 0.3));
    expect(await answers(apart, test, 0)).toEqual(certain);
  });
});

describe("the edges of the slide level", () => {
  it("has no F where every class is a single slide", async () => {
    const rows = rowsWith(whole, slideOf, 4);
    const [tile, slide] = await answers(rows, "anova", 1);
    expect(tile?.[0]).toBeGreaterThan(0);
    expect(slide).toEqual([Number.NaN, 0]);
  });

  it("has an observation on each side of a slide that is partly selected", async () => {
    const { slide } = await new RowStatistics(rowsWith(whole)).rank(asked("anova"), maskOf([0, 1, 2, 3], tiles));
    expect([...(slide?.sizes ?? [])]).toEqual([2, 3]);
  });
});

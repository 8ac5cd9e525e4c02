import { describe, expect, it, vi } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import type { GroupedRows } from "../../../src/compute/statistics/grouped-rows.ts";
import type { GroupMoments } from "../../../src/compute/statistics/one-way/group-moments.ts";
import { testUnits } from "../../../src/compute/statistics/one-way/test-units.ts";
import { pairRows, selectionGroups } from "../../../src/compute/statistics/sums/row-cells.ts";
import { sumCells } from "../../../src/compute/statistics/sums/sum-cells.ts";
import { type TileMoments, tileMoments } from "../../../src/compute/statistics/sums/tile-moments.ts";
import { groupValues, unitRows } from "./unit-rows.ts";

const momentsOf = async ({ values, groups, slides }: GroupedRows): Promise<TileMoments> =>
  tileMoments(values, await sumCells(values, pairRows(groups, slides)));

/** What no rounding touches: values as whole numbers of 2^-149, sums of them without limit. */
function exactMoments(values: readonly number[]): { readonly mean: number; readonly squares: number } {
  const whole = values.map((value) => BigInt(Math.round(value * 2 ** 40)));
  const n = BigInt(values.length);
  const sum = whole.reduce((all, value) => all + value, 0n);
  const squares = whole.reduce((all, value) => all + value * value, 0n) * n - sum * sum;
  return {
    mean: Number((sum * 2n ** 60n) / n) / 2 ** 100,
    squares: Number((squares * 2n ** 60n) / n) / 2 ** 140,
  };
}

function expectExact(rows: GroupedRows, moments: GroupMoments): void {
  const { columns } = rows.values;
  for (let group = 0; group < rows.groups.count; group++)
    for (let unit = 0; unit < columns; unit++) {
      const { mean, squares } = exactMoments(groupValues(rows, unit, group));
      const place = group * columns + unit;
      expect(Math.abs((moments.means[place] ?? 0) - mean)).toBeLessThan(1e-12 * Math.max(1, Math.abs(mean)));
      expect(Math.abs((moments.squares[place] ?? 0) / squares - 1)).toBeLessThan(1e-12);
    }
}

describe("moments of groups, every tile an observation", () => {
  it.each([
    { units: 1, rows: 400 },
    { units: 2, rows: 37 },
    { units: 7, rows: 333 },
    { units: 64, rows: 120 },
  ])("are exact to the last digits: $rows rows of $units", async ({ units, rows }) => {
    const asked = unitRows({ rows, units, groups: 3, slides: 5, slidesAreWhole: false, without: 0.1, seed: units });
    const moments = await momentsOf(asked);
    expectExact(asked, moments);
    expect([...moments.sizes]).toEqual([0, 1, 2].map((group) => groupValues(asked, 0, group).length));
    expect([...moments.missing]).toEqual(Array(units).fill(0));
  });

  it("are the same in blocks as at once", async () => {
    // A block holds 256 KiB: 3,000 rows of 40 take two for each of the groups.
    const asked = unitRows({ rows: 6000, units: 40, groups: 2, slides: 0, seed: 4 });
    expectExact(asked, await momentsOf(asked));
  });

  it("lose no digit to an offset of a million", async () => {
    const near = unitRows({ rows: 3000, units: 4, groups: 3, slides: 9, effect: 0.2, seed: 5 });
    // Steps of an eighth are there in single precision up to two million.
    const data = near.values.data.map((value) => Math.round(value * 8) / 8);
    const rounded = { ...near, values: { ...near.values, data } };
    const far = { ...near, values: { ...near.values, data: data.map((value) => value + 2 ** 20) } };
    const [here, there] = [await momentsOf(rounded), await momentsOf(far)];
    expectExact(far, there);
    const [f, shifted] = [here, there].map((each) => testUnits({ ...each, means: each.distances }, "anova").statistic);
    f?.forEach((value, unit) => {
      expect(Math.abs((shifted?.[unit] ?? 0) / value - 1)).toBeLessThan(1e-11);
    });
  });

  it("lose no digit where groups lie a million apart", async () => {
    const near = unitRows({ rows: 2000, units: 2, groups: 2, slides: 0, seed: 6 });
    const data = near.values.data.map((value, place) => {
      const group = near.groups.codes[Math.floor(place / 2)] ?? 0;
      return Math.round(value * 8) / 8 + 2 ** 20 * group;
    });
    const apart = { ...near, values: { ...near.values, data } };
    expectExact(apart, await momentsOf(apart));
  });

  it("lose none to a value that is far off among those that decide on the pilot", async () => {
    const asked = unitRows({ rows: 20_000, units: 2, groups: 1, slides: 0, seed: 7 });
    const data = asked.values.data.map((value, place) => (place < 2 ? 1000 : Math.round(value * 1024) / 1024));
    const far = { ...asked, values: { ...asked.values, data } };
    expectExact(far, await momentsOf(far));
  });

  it("are the value itself and exactly 0 where all are equal, whatever the value", async () => {
    const asked = unitRows({ rows: 5000, units: 3, groups: 2, slides: 7, seed: 8 });
    const data = asked.values.data.map((_, place) => (asked.groups.codes[Math.floor(place / 3)] === 0 ? 0.1 : 1e-7));
    const { means, squares } = await momentsOf({ ...asked, values: { ...asked.values, data } });
    expect([...means]).toEqual([0.1, 0.1, 0.1, 1e-7, 1e-7, 1e-7].map(Math.fround));
    expect([...squares]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("are 0 for a group without rows", async () => {
    const asked = unitRows({ rows: 50, units: 2, groups: 2, slides: 0, seed: 9 });
    const { means, squares, sizes } = await momentsOf({ ...asked, groups: { ...asked.groups, count: 3 } });
    expect(sizes[2]).toBe(0);
    expect([...means.subarray(4), ...squares.subarray(4)]).toEqual([0, 0, 0, 0]);
  });

  it("count what is not finite, but not in rows without a group", async () => {
    const asked = unitRows({ rows: 90, units: 5, groups: 2, slides: 3, slidesAreWhole: false, seed: 10 });
    const { data } = asked.values;
    const codes = Int32Array.from(asked.groups.codes);
    codes.set([0, 0, 1, -1]);
    data[0 * 5 + 1] = Number.NaN;
    data[1 * 5 + 1] = Number.POSITIVE_INFINITY;
    data[2 * 5 + 1] = Number.NEGATIVE_INFINITY;
    data[1 * 5 + 3] = Number.NEGATIVE_INFINITY;
    data[3 * 5 + 4] = Number.NaN;
    const moments = await momentsOf({ ...asked, groups: { codes, count: 2 } });
    expect([...moments.missing]).toEqual([0, 3, 0, 1, 0]);
    expect([...moments.means.keys()].filter((place) => Number.isNaN(moments.means[place]))).toEqual([1, 3, 6]);
    const { statistic } = testUnits(moments, "anova");
    expect([...statistic].map(Number.isNaN)).toEqual([false, true, false, true, false]);
  });

  it("of a selection and of the rest are those of all together", async () => {
    const asked = unitRows({ rows: 800, units: 3, groups: 4, slides: 6, without: 0.2, seed: 11 });
    const mask = maskOf(
      [...asked.groups.codes.keys()].filter((row) => row % 3 === 0),
      800,
    );
    const parted = await momentsOf({ ...asked, groups: selectionGroups(asked, mask) });
    const all = await momentsOf({
      ...asked,
      groups: { codes: asked.groups.codes.map((code) => Math.min(0, code)), count: 1 },
    });
    const [selected = 0, rest = 0] = parted.sizes;
    expect(selected + rest).toBe(all.sizes[0]);
    expect(selected).toBe(
      [...asked.groups.codes.keys()].filter((row) => row % 3 === 0 && asked.groups.codes[row] !== -1).length,
    );
    for (let unit = 0; unit < 3; unit++) {
      const [one = 0, other = 0] = [parted.means[unit], parted.means[3 + unit]];
      const apart = ((one - other) ** 2 * selected * rest) / (selected + rest);
      const joined = (parted.squares[unit] ?? 0) + (parted.squares[3 + unit] ?? 0) + apart;
      expect(joined / (all.squares[unit] ?? 0)).toBeCloseTo(1, 12);
      expect((one * selected + other * rest) / (selected + rest)).toBeCloseTo(all.means[unit] ?? 0, 13);
    }
  });

  it("are not to be had once the job is cancelled, before it or half way", async () => {
    const { values, groups, slides } = unitRows({ rows: 9000, units: 40, groups: 2, slides: 0, seed: 12 });
    const cells = pairRows(groups, slides);
    const before = AbortSignal.abort();
    await expect(sumCells(values, cells, { signal: before })).rejects.toMatchObject({ kind: "cancelled" });
    // A clock on which every block takes long.
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (now += 1000));
    const controller = new AbortController();
    const seen: number[] = [];
    const started = sumCells(values, cells, {
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        seen.push(done / total);
        if (seen.length === 2) controller.abort();
      },
    });
    await expect(started).rejects.toMatchObject({ kind: "cancelled" });
    vi.restoreAllMocks();
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBeLessThan(1);
  });
});

import { describe, expect, it, vi } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import type { GroupedRows } from "../../../src/compute/statistics/grouped-rows.ts";
import { RowStatistics } from "../../../src/compute/statistics/row-statistics.ts";
import { statisticsDefaults, unitTests } from "../../../src/compute/statistics/statistics-options.ts";
import { groupValues, unitRows } from "./unit-rows.ts";

const options = { ...statisticsDefaults, permutations: 0 };

/** F as it is written in books: nothing shared with the code under test. */
function plainF(groups: readonly (readonly number[])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const all = groups.flat();
  const between = groups.reduce((sum, group) => sum + group.length * (mean(group) - mean(all)) ** 2, 0);
  const within = groups.reduce((sum, group) => sum + group.reduce((all, x) => all + (x - mean(group)) ** 2, 0), 0);
  return between / (groups.length - 1) / (within / (all.length - groups.length));
}

/** H from ranks counted one by one. */
function plainH(groups: readonly (readonly number[])[]): number {
  const all = groups.flat();
  const n = all.length;
  const rank = (x: number) => all.filter((y) => y < x).length + (all.filter((y) => y === x).length + 1) / 2;
  const sums = groups.map((group) => group.reduce((sum, x) => sum + rank(x), 0) ** 2 / group.length);
  const ties = [...new Set(all)].map((x) => all.filter((y) => y === x).length).reduce((sum, t) => sum + t ** 3 - t, 0);
  return ((12 / (n * (n + 1))) * sums.reduce((a, b) => a + b, 0) - 3 * (n + 1)) / (1 - ties / (n ** 3 - n));
}

/** What each slide's rows of a group come to, by a formula of their own. */
function slideGroups({ values, groups, slides }: GroupedRows, unit: number, formula: (tiles: number[]) => number) {
  return Array.from({ length: groups.count }, (_, group) =>
    Array.from({ length: slides?.count ?? 0 }, (_, slide) =>
      [...groups.codes.keys()]
        .filter((row) => groups.codes[row] === group && slides?.codes[row] === slide)
        .map((row) => values.data[row * values.columns + unit] ?? 0),
    )
      .filter((tiles) => tiles.length > 0)
      .map(formula),
  );
}

const mean = (tiles: number[]) => tiles.reduce((sum, value) => sum + value, 0) / tiles.length;
const median = (tiles: number[]) => {
  const sorted = tiles.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
};

/** Values with many ties, so that ranks and thresholds meet equal ones. */
function coarse(rows: GroupedRows): GroupedRows {
  const data = rows.values.data.map((value) => Math.round(value * 4) / 4);
  return { ...rows, values: { ...rows.values, data } };
}

describe("units tested", () => {
  it("not for a selection of other rows", async () => {
    const rows = unitRows({
      rows: 40,
      units: 2,
      groups: 2,
      slides: 4,
      slidesAreWhole: true,
      without: 0,
      effect: 1,
      seed: 2,
    });
    for (const count of [32, 56])
      await expect(new RowStatistics(rows).rank(options, maskOf([3], count))).rejects.toMatchObject({
        kind: "input",
        reason: `The selection is of some ${count} rows, and there are 40.`,
      });
  });

  const asked = coarse(
    unitRows({ rows: 420, units: 5, groups: 3, slides: 14, slidesAreWhole: false, without: 0.1, effect: 0.3, seed: 1 }),
  );

  it("at tile level, as written in books", async () => {
    const { tile } = await new RowStatistics(asked).rank(options, null);
    const ranked = await new RowStatistics(asked).rank({ ...options, test: "kruskal" }, null);
    for (let unit = 0; unit < 5; unit++) {
      const groups = [0, 1, 2].map((group) => groupValues(asked, unit, group));
      expect((tile.statistic[unit] ?? 0) / plainF(groups)).toBeCloseTo(1, 11);
      expect((ranked.tile.statistic[unit] ?? 0) / plainH(groups)).toBeCloseTo(1, 9);
    }
    expect(tile.ranking[0]).toBe(0);
    expect(tile.permutationP).toBeNull();
  });

  it.each([
    ["mean", mean],
    ["median", median],
    ["threshold", (tiles: number[]) => tiles.filter((value) => value > 0.25).length / tiles.length],
  ] as const)("at slide level by %s: an observation a slide and group", async (method, formula) => {
    const chosen = { ...options, method, threshold: 0.25 };
    const { slide } = await new RowStatistics(asked).rank(chosen, null);
    const ranked = await new RowStatistics(asked).rank({ ...chosen, test: "kruskal" }, null);
    for (let unit = 0; unit < 5; unit++) {
      const groups = slideGroups(asked, unit, formula);
      expect((slide?.statistic[unit] ?? 0) / plainF(groups)).toBeCloseTo(1, 10);
      expect((ranked.slide?.statistic[unit] ?? 0) / plainH(groups)).toBeCloseTo(1, 8);
      expect([...(slide?.sizes ?? [])]).toEqual(groups.map((group) => group.length));
    }
  });

  it("selected rows against the rest: as two groups, a slide with tiles on both sides on both", async () => {
    const selected = [...asked.groups.codes.keys()].filter((row) => row % 7 < 2 || row > 350);
    const mask = maskOf(selected, 420);
    const sides = asked.groups.codes.map((code, row) => (code < 0 ? -1 : selected.includes(row) ? 0 : 1));
    const parted = { ...asked, groups: { codes: sides, count: 2 } };
    for (const test of unitTests) {
      const chosen = { ...options, test, permutations: 49 };
      const against = await new RowStatistics(asked).rank(chosen, mask);
      expect(against).toEqual(await new RowStatistics(parted).rank(chosen, null));
    }
    const { slide, tile } = await new RowStatistics(asked).rank(options, mask);
    for (let unit = 0; unit < 5; unit++)
      expect((slide?.statistic[unit] ?? 0) / plainF(slideGroups(parted, unit, mean))).toBeCloseTo(1, 10);
    expect(tile.sizes[0]).toBe(sides.filter((side) => side === 0).length);
  });

  it("by permutations alone, as when all is asked for at once: after the ranking, after another one, and first", async () => {
    const mask = maskOf(
      [...asked.groups.codes.keys()].filter((row) => row % 3 === 0),
      420,
    );
    for (const test of unitTests)
      for (const rows of [null, mask]) {
        const chosen = { ...options, test, permutations: 99 };
        const { slide } = await new RowStatistics(asked).rank(chosen, rows);
        const statistics = new RowStatistics(asked);
        expect(await statistics.permute(chosen, rows)).toEqual(slide?.permutationP);
        // What a table is made of goes to the page, and is no longer there.
        const ranked = await statistics.rank({ ...chosen, permutations: 0 }, rows);
        ranked.slide?.statistic.fill(Number.NaN);
        ranked.slide?.sizes.fill(0);
        expect(await statistics.permute(chosen, rows)).toEqual(slide?.permutationP);
        await statistics.rank({ ...options, method: "median" }, null);
        expect(await statistics.permute(chosen, rows)).toEqual(slide?.permutationP);
      }
    expect(await new RowStatistics(asked).permute(options, null)).toBeNull();
    expect(await new RowStatistics({ ...asked, slides: null }).permute(statisticsDefaults, null)).toBeNull();
  });

  it("has no statistic for a selection of nothing, or of everything", async () => {
    for (const mask of [maskOf([], 420), maskOf(asked.groups.codes.keys(), 420)]) {
      const { tile, slide } = await new RowStatistics(asked).rank({ ...options, permutations: 9 }, mask);
      for (const table of [tile, slide]) {
        expect(table?.statistic.every(Number.isNaN)).toBe(true);
        expect([...(table?.p ?? [])]).toEqual([1, 1, 1, 1, 1]);
      }
      expect([...(slide?.permutationP ?? [])]).toEqual([1, 1, 1, 1, 1]);
    }
  });

  it("has the same F, to eleven digits, where all values are a million more", async () => {
    const data = asked.values.data.map((value) => value + 2 ** 20);
    const far = new RowStatistics({ ...asked, values: { ...asked.values, data } });
    const [here, there] = [await new RowStatistics(asked).rank(options, null), await far.rank(options, null)];
    here.tile.statistic.forEach((f, unit) => {
      expect(Math.abs((there.tile.statistic[unit] ?? 0) / f - 1)).toBeLessThan(1e-11);
    });
    here.tile.means.forEach((mean, place) => {
      expect((there.tile.means[place] ?? 0) - 2 ** 20).toBeCloseTo(mean, 9);
    });
  });

  it("asks nothing of slides where they are not known", async () => {
    const { slide } = await new RowStatistics({ ...asked, slides: null }).rank(statisticsDefaults, null);
    expect(slide).toBeNull();
  });

  it("counts tiles whose slide is not known at tile level, not at slide level", async () => {
    const slides = { codes: Int32Array.from(asked.slides?.codes ?? []), count: 14 };
    slides.codes.fill(-1, 0, 200);
    const partly = new RowStatistics({ ...asked, slides });
    const { tile, slide } = await partly.rank(options, null);
    const whole = await new RowStatistics(asked).rank(options, null);
    tile.statistic.forEach((f, unit) => {
      expect(f / (whole.tile.statistic[unit] ?? 0)).toBeCloseTo(1, 11);
    });
    for (let unit = 0; unit < 5; unit++)
      expect((slide?.statistic[unit] ?? 0) / plainF(slideGroups({ ...asked, slides }, unit, mean))).toBeCloseTo(1, 10);
    const { tiles } = await partly.slideValues(options);
    expect(tiles.reduce((sum, count) => sum + count, 0)).toBe(
      [...slides.codes].filter((slide, row) => slide >= 0 && (asked.groups.codes[row] ?? -1) >= 0).length,
    );
  });

  it("takes a value that is not finite for missing, in its slide alone", async () => {
    const data = Float32Array.from(asked.values.data);
    const row = asked.groups.codes.findIndex((code, at) => code >= 0 && (asked.slides?.codes[at] ?? -1) >= 0);
    data[row * 5 + 2] = Number.POSITIVE_INFINITY;
    const broken = new RowStatistics({ ...asked, values: { ...asked.values, data } });
    for (const method of ["mean", "median", "threshold"] as const) {
      const { tile, slide } = await broken.rank({ ...statisticsDefaults, method }, null);
      for (const table of [tile, slide]) {
        expect([...(table?.missing ?? [])]).toEqual([0, 0, 1, 0, 0]);
        expect(table?.statistic[2]).toBeNaN();
        expect(table?.p[2]).toBe(1);
        expect(table?.ranking[4]).toBe(2);
      }
      expect(slide?.permutationP?.[2]).toBe(1);
      const { values, slides, groups } = await broken.slideValues({ method, threshold: 0.5 });
      const missing = [...values.keys()].filter((place) => Number.isNaN(values[place]));
      expect(missing).toHaveLength(1);
      const observation = Math.floor((missing[0] ?? 0) / 5);
      expect([slides[observation], groups[observation]]).toEqual([asked.slides?.codes[row], asked.groups.codes[row]]);
    }
  });

  it("constant within groups but different between: infinite, and p 0", async () => {
    const data = asked.values.data.map((_, place) => 0.1 * (asked.groups.codes[Math.floor(place / 5)] ?? 0));
    data.forEach((_, place) => {
      if (place % 5 === 1) data[place] = 0.3;
    });
    const { tile, slide } = await new RowStatistics({ ...asked, values: { ...asked.values, data } }).rank(
      { ...statisticsDefaults, permutations: 99 },
      null,
    );
    for (const table of [tile, slide]) {
      expect(table?.statistic[0]).toBe(Number.POSITIVE_INFINITY);
      expect([table?.p[0], table?.logP[0]]).toEqual([0, Number.NEGATIVE_INFINITY]);
      expect(table?.statistic[1]).toBeNaN();
    }
    expect(slide?.permutationP?.[0]).toBeCloseTo(0.01, 12);
  });

  it.each([
    ["Reading activations", {}],
    ["Reading activations", { method: "threshold" }],
    ["Finding medians", { method: "median" }],
    ["Ranking tiles", { test: "kruskal" }],
    ["Ranking slides", { test: "kruskal" }],
    ["Rearranging slides", { permutations: 1000 }],
  ] as const)("stops in the middle of %s when it is cancelled", async (wanted, chosen) => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += 1000;
      return now;
    });
    const controller = new AbortController();
    const seen: string[] = [];
    const started = new RowStatistics(asked).rank({ ...options, ...chosen }, null, {
      signal: controller.signal,
      onProgress: ({ stage }) => {
        seen.push(stage);
        if (stage === wanted) controller.abort();
      },
    });
    await expect(started).rejects.toMatchObject({ kind: "cancelled" });
    vi.restoreAllMocks();
    expect(seen.filter((stage) => stage === wanted)).toHaveLength(1);
  });

  it("refuses options that are none", async () => {
    await expect(
      new RowStatistics(asked).slideValues({ method: "threshold", threshold: Number.NaN }),
    ).rejects.toMatchObject({ kind: "input" });
    await expect(new RowStatistics(asked).rank({ ...options, permutations: 0.5 }, null)).rejects.toThrow(
      "permutations: expected an integer from 0 to 1000000, got 0.5",
    );
  });
});

describe("a slide's values", () => {
  it("compare with the threshold in single precision: what is equal to it is not above", async () => {
    const values = { data: Float32Array.of(0.1, 0.3, 0.1, 0.05), rows: 4, columns: 1 };
    const one = { codes: Int32Array.of(0, 0, 0, 0), count: 1 };
    const { values: shares } = await new RowStatistics({ values, groups: one, slides: one }).slideValues({
      method: "threshold",
      threshold: 0.1,
    });
    expect([...shares]).toEqual([0.25]);
  });
});

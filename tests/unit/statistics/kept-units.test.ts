import { describe, expect, it } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import type { GroupedRows } from "../../../src/compute/statistics/grouped-rows.ts";
import { KeptUnits } from "../../../src/compute/statistics/kept-units.ts";
import { RowStatistics } from "../../../src/compute/statistics/row-statistics.ts";
import { statisticsDefaults } from "../../../src/compute/statistics/statistics-options.ts";
import { unitRows } from "./unit-rows.ts";

const rows = unitRows({ rows: 60, units: 3, groups: 2, slides: 8, seed: 1 });
const lost = "The units are no longer kept ready. Run again.";

describe("kept units", () => {
  it("answer what their rows say, whatever was asked before", async () => {
    const kept = new KeptUnits();
    kept.keep("a", rows);
    const mask = maskOf([1, 5, 7, 20, 31], 60);
    const fresh = () => new RowStatistics(rows);
    const options = { ...statisticsDefaults, permutations: 19 };
    for (const chosen of [options, { ...options, method: "median" as const }, { ...options, test: "welch" as const }])
      for (const selected of [null, mask, null])
        expect(await kept.rank("a", chosen, selected)).toEqual(await fresh().rank(chosen, selected));
    const threshold = { method: "threshold" as const, threshold: 0.25 };
    expect(await kept.slideValues("a", threshold)).toEqual(await fresh().slideValues(threshold));
    expect([...kept.unitColumn("a", 2)]).toEqual([...rows.values.data].filter((_, place) => place % 3 === 2));
    expect(kept.rowsOf("a")).toBe(rows);
  });

  it("give answers away: what becomes of them changes none of the next", async () => {
    const kept = new KeptUnits();
    kept.keep("a", rows);
    const first = await kept.rank("a", statisticsDefaults, null);
    const copy = structuredClone(first);
    for (const table of [first.tile, first.slide])
      for (const array of Object.values(table ?? {}))
        if (ArrayBuffer.isView(array)) structuredClone(array, { transfer: [array.buffer] });
    expect(first.tile.means).toHaveLength(0);
    expect(await kept.rank("a", statisticsDefaults, null)).toEqual(copy);
  });

  it("are four at most: the longest unused goes", () => {
    const kept = new KeptUnits();
    for (const key of ["a", "b", "c", "d"]) kept.keep(key, rows);
    kept.rowsOf("a");
    kept.keep("e", rows);
    expect(() => kept.rowsOf("b")).toThrow(lost);
    for (const key of ["a", "c", "d", "e"]) expect(kept.rowsOf(key)).toBe(rows);
  });

  it("are replaced under their name, and forgotten when told", async () => {
    const kept = new KeptUnits();
    const other = unitRows({ rows: 30, units: 2, groups: 2, slides: 0, seed: 2 });
    kept.keep("a", rows);
    kept.keep("a", other);
    expect(kept.rowsOf("a")).toBe(other);
    kept.forget("a");
    await expect(kept.rank("a", statisticsDefaults, null)).rejects.toMatchObject({ kind: "lost" });
    await expect(kept.slideValues("a", statisticsDefaults)).rejects.toThrow(lost);
    expect(() => kept.unitColumn("a", 0)).toThrow(lost);
  });

  it.each<[string, Partial<GroupedRows>]>([
    ["values: expected 60 × 4 numbers, got 180", { values: { ...rows.values, columns: 4 } }],
    ["values: expected rows and columns, got 0 × 3", { values: { data: new Float32Array(0), rows: 0, columns: 3 } }],
    ["labels: expected 60, got 59", { groups: { codes: rows.groups.codes.subarray(1), count: 2 } }],
    ["labels: expected numbers from -1 to 0, got 1", { groups: { codes: new Int32Array(60).fill(1), count: 1 } }],
    ["slides: expected numbers from -1 to 7, got -2", { slides: { codes: new Int32Array(60).fill(-2), count: 8 } }],
  ])("are refused when they don't fit together: %s", (words, wrong) => {
    expect(() => new KeptUnits().keep("a", { ...rows, ...wrong })).toThrow(words);
  });

  it("know no unit beyond their last", () => {
    const kept = new KeptUnits();
    kept.keep("a", rows);
    expect(() => kept.unitColumn("a", 3)).toThrow("unit: expected an integer from 0 to 2, got 3");
  });
});

import { describe, expect, it } from "vitest";
import type { UnitBoxes, UnitGroup } from "../../../src/compute/statistics/boxes/unit-boxes.ts";
import { packBoxes, unpackBoxes } from "../../../src/widgets/box-plot/data/saved-boxes.ts";
import { unitTableOf } from "./unit-table-fixture.ts";

const group = (changed: Partial<UnitGroup> = {}): UnitGroup => ({
  box: {
    ...{ n: 9, mean: 1.5, min: 0.1, q1: 1, median: 1.25, q3: 2, max: 7, whiskerLow: 0.1, whiskerHigh: 3 },
    ...{ outlierCount: 300, outliers: Float32Array.of(5, 7), outlierRows: Int32Array.of(3, 8) },
  },
  density: null,
  swarm: null,
  slideMeans: Float64Array.of(1.5, 2.5),
  slides: Int32Array.of(0, 2),
  ...changed,
});
const density = { from: -1, to: 8, heights: Float32Array.of(0, 0.5, 0) };
const swarm = { rows: Int32Array.of(1), values: Float32Array.of(2), offsets: Float32Array.of(-0.5), perValue: 12 };
const panel: UnitBoxes = { unit: 2, groups: [group({ density }), group({ swarm })], selection: null, range: [0.1, 7] };
const classes = {
  kind: "categories",
  codes: new Int32Array(16),
  names: ["a", "b"],
  counts: Int32Array.of(9, 7),
  missing: 0,
} as const;
const read = {
  rows: {
    values: { data: new Float32Array(64), rows: 16, columns: 4 },
    groups: { codes: classes.codes, count: 2 },
    slides: null,
  },
  classes,
  slides: null,
  names: null,
  unitNames: ["w", "x", "<b>y</b>", "z"],
  leastOf: (unit: number) => (unit === 2 ? -0.5 : Number.NaN),
};
const how = {
  ranked: { test: "welch", method: "median", threshold: 0.25, permutations: 99, seed: 7 },
  drawn: { boxesOf: "slides", shape: "violin", method: "median", threshold: 0.25 },
  chosen: { pinned: [3, 1], unit: 3, asked: null, settings: { shape: { chosen: "violin", asked: "box" } } },
} as const;
const tables = {
  tile: unitTableOf({ level: "tile" }),
  slide: unitTableOf({ permutationP: Float64Array.of(0.1, 0.5, 0.01, 1) }),
};

describe("box plots in a saved notebook", () => {
  const saved = unpackBoxes(packBoxes({ read, tables, boxes: [panel], ...how }));

  it("have the panels that were on show, to the last outlier", () => {
    expect(saved.boxes).toEqual([panel]);
  });

  it("have both rankings, and every number that is shown of them", () => {
    const { slide, tile } = saved.tables;
    expect(slide?.ranking).toEqual(tables.slide.ranking);
    expect(slide?.level).toBe("slide");
    expect(tile.sizes).toEqual(tables.tile.sizes);
    expect(Number.isNaN(tile.statistic[3])).toBe(true);
    expect(slide?.logQ[2]).toBeCloseTo(Math.log(3e-12), 4);
    expect((slide?.q[2] ?? 0) / 3e-12).toBeCloseTo(1, 3);
    expect((slide?.p[0] ?? 0) / 0.01).toBeCloseTo(1, 5);
    expect(slide?.permutationP?.[2]).toBeCloseTo(0.01, 6);
    expect(slide?.means[2]).toBeCloseTo(4.6, 5);
  });

  it("keep a small p of Bonferroni, which single precision would take for 0", () => {
    const bonferroni = Float64Array.of(3e-60, 1, 3e-12, 1);
    const { tile } = unpackBoxes(
      packBoxes({ read, tables: { tile: unitTableOf({ level: "tile", bonferroni }), slide: null }, boxes: [], ...how }),
    ).tables;
    expect(tile.bonferroni[0]).toBe(3e-60);
  });

  it("know how they were tested and drawn up, and what a reader had chosen", () => {
    expect({ ranked: saved.ranked, drawn: saved.drawn, chosen: saved.chosen }).toEqual(how);
    expect([saved.tables.tile.test, saved.tables.slide?.test]).toEqual(["welch", "welch"]);
  });

  it("know the least value of the units on show, for what is said of them", () => {
    expect([2, 0].map((unit) => saved.read.leastOf(unit))).toEqual([-0.5, Number.NaN]);
  });

  it("know names and sizes without the rows", () => {
    expect(saved.read.classes.names).toEqual(["a", "b"]);
    expect([...saved.read.classes.counts]).toEqual([9, 7]);
    expect(saved.read.rows.values).toMatchObject({ rows: 16, columns: 4 });
    expect(saved.read.unitNames).toEqual(read.unitNames);
  });

  it("are refused in a sentence where they are cut off", () => {
    const packed = packBoxes({ read, tables, boxes: [panel], ...how });
    expect(() => unpackBoxes(packed.slice(0, 40))).toThrow("The saved picture can't be read. Run the cell");
    expect(() => unpackBoxes(packed.slice(0, packed.length - 500))).toThrow("The saved picture can't be read.");
  });
});

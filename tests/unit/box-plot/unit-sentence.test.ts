import { describe, expect, it } from "vitest";
import { unitName } from "../../../src/widgets/box-plot/data/unit-name.ts";
import { formatEffect, unitSentence } from "../../../src/widgets/box-plot/data/unit-sentence.ts";
import { unitTableOf } from "./unit-table-fixture.ts";

const said = (
  unit: number,
  changed: Parameters<typeof unitTableOf>[0] = {},
  classes: readonly string[] | null = null,
  names: readonly string[] | null = null,
  least = 0,
) => unitSentence({ unit, names, table: unitTableOf(changed), classes, least });

describe("the sentence on a unit", () => {
  it("says how many times higher it is in the selection than in the rest", () => {
    expect(said(2)).toBe(
      "Unit 2 is 2.3 × higher in the selection than in the rest (slide level, F(1, 10) = 90, p = 1 × 10⁻¹², q = 3 × 10⁻¹², η² 0.80).",
    );
  });

  it("names the higher first, with a third digit where two would say nothing", () => {
    const means = Float64Array.of(1, 1, 1, 0, 1, 1.1, 1.04, 0);
    expect(said(2, { means })).toContain("is 1.04 × higher in the rest than in the selection (");
  });

  it("tells the difference, in the units of the data, where values are below 0 or not known", () => {
    expect(said(2, {}, null, null, -0.01)).toContain("Unit 2 is 2.6 higher in the selection than in the rest (");
    expect(said(2, {}, null, null, Number.NaN)).toContain("Unit 2 is 2.6 higher in the selection");
    const means = Float64Array.of(0, 0, -3, 0, 0, 0, -1.25, 0);
    expect(said(2, { means }, ["a", "b"], null, -7)).toContain("Unit 2 is 1.8 higher in b than in a (");
  });

  it("tells the difference where the lower mean is next to nothing beside the higher", () => {
    const means = (low: number) => Float64Array.of(0, 0, 3, 0, 0, 0, low, 0);
    const etaSquared = Float64Array.of(0, 0, 0.99, 0);
    expect(said(2, { means: means(0.31), etaSquared })).toContain("is 9.7 × higher in the selection");
    expect(said(2, { means: means(0.2), etaSquared })).toContain("is 2.8 higher in the selection");
    expect(said(2, { means: means(0), etaSquared })).toContain("is 3 higher in the selection");
  });

  it("tells the difference where the lower mean is within two standard errors of 0", () => {
    // Between: 5 · 7 / 12 · 2²; within as much again, over 10 degrees: a standard error of 0.41 for seven.
    const means = (low: number) => Float64Array.of(0, 0, low + 2, 0, 0, 0, low, 0);
    const etaSquared = Float64Array.of(0, 0, 0.5, 0);
    expect(said(2, { means: means(0.85), etaSquared })).toContain("is 3.4 × higher in the selection");
    expect(said(2, { means: means(0.78), etaSquared })).toContain("is 2 higher in the selection");
  });

  it("tells the difference where a mean is hardly above the other: it is not 1 × higher", () => {
    const means = Float64Array.of(0, 0, 1.0001, 0, 0, 0, 1, 0);
    expect(said(2, { means })).toContain("is 0.0001 higher in the selection");
  });

  it("says of ranks that differ where means do not that there is a difference", () => {
    const means = Float64Array.of(0, 0, 1, 0, 0, 0, 1, 0);
    expect(said(2, { means, test: "kruskal" })).toContain("Unit 2 differs between the selection and the rest (");
    expect(said(2, { test: "kruskal" })).toContain("Unit 2 is 2.3 × higher in the selection than in the rest (");
  });

  it("names two classes, and counts more of them", () => {
    expect(said(2, {}, ["adeno", "benign"])).toContain("Unit 2 is 2.3 × higher in adeno than in benign (");
    const three = { sizes: Int32Array.of(2, 2, 2), means: new Float64Array(12) };
    expect(said(2, three, ["a", "b", "c"])).toContain("Unit 2 differs between 3 classes (slide level, F(2, 3) = 90,");
  });

  it("does not count a class that has no observation", () => {
    const sizes = Int32Array.of(5, 0, 7);
    const means = Float64Array.of(0, 0, 4.6, 0, 0, 0, 0, 0, 0, 0, 2, 0);
    expect(said(2, { sizes, means }, ["a", "b", "c"])).toContain(
      "is 2.3 × higher in a than in c (slide level, F(1, 10)",
    );
  });

  it("claims no difference where q is 0.05 or more", () => {
    expect(said(1)).toMatch(
      /^Unit 1 shows no clear difference between selection and rest \(slide level, F\(1, 10\) = 0.5, p = 0.5/,
    );
    expect(said(1, {}, ["a", "b"])).toContain("no clear difference between 2 classes");
  });

  it("says which statistic it is", () => {
    expect(said(2, { test: "kruskal" })).toContain("H(1) = 90");
    expect(said(2, { test: "welch" })).toContain("Welch's F = 90");
  });

  it("says why there is none", () => {
    expect(said(3)).toBe("Unit 3 has no statistic: 2 slides have missing values.");
    expect(said(3, { level: "tile" })).toBe("Unit 3 has no statistic: 2 rows have no value.");
    const constant = { missing: new Int32Array(4) };
    expect(said(3, constant)).toBe("Unit 3 has no statistic: its values are constant.");
    expect(said(3, { ...constant, sizes: Int32Array.of(5, 0) })).toContain("there are no two groups to compare");
    expect(said(3, { ...constant, sizes: Int32Array.of(1, 1) })).toContain("every group is a single slide");
  });

  it("writes a name of a unit as it is given", () => {
    expect(said(2, {}, null, ["a", "b", "ki67", "d"])).toMatch(/^ki67 is 2.3 × higher/);
  });

  it("has no commas in degrees of freedom, which one stands between, nor in the number that names a unit", () => {
    expect(said(2, { sizes: Int32Array.of(900, 1100) })).toContain("F(1, 1998) = 90");
    expect(unitName(1223, null)).toBe("unit 1223");
  });

  it("has no effect below 0 that is written as 0", () => {
    expect(formatEffect(-0.001)).toBe("0.00");
    expect(formatEffect(-0.01)).toBe("−0.01");
  });

  it("has the digits of a p that double precision can't hold", () => {
    const logP = Float64Array.of(0, 0, -1000, 0);
    expect(said(2, { logP, logQ: logP })).toContain("p = 5 × 10⁻⁴³⁵");
  });
});

import { describe, expect, it } from "vitest";
import { spaceColors } from "../../../src/widgets/umap-scatter/space/space-colors.ts";

/** 30 rows in one place and one far from them, at heights of their own. */
const positions = Array.from({ length: 31 }, (_, row) => (row < 30 ? [0, 9, 900 * row] : [9, 0, 450])).flat();
const paint = { palette: ["few", "some", "many"], codes: null, classColors: [], rest: [] };
const mapOf = (places: readonly number[], isRaised: boolean) => ({
  positions: Float32Array.from(places),
  axes: ["x", "y", "z"] as const,
  isRaised,
});

describe("the density that colours a map in space", () => {
  it("is that of the flat map where a unit is its height", () => {
    expect(spaceColors(paint, mapOf(positions, true))).toEqual([...new Array(30).fill("many"), "few"]);
    expect(new Set(spaceColors(paint, mapOf(positions, false)).slice(0, 30))).toContain("some");
  });

  it("is not changed by rows that have no place", () => {
    const missing = [Number.NaN, Number.NaN, Number.NaN];
    const colors = spaceColors(paint, mapOf([...missing, ...positions], true));
    expect(colors.slice(1)).toEqual(spaceColors(paint, mapOf(positions, true)));
  });
});

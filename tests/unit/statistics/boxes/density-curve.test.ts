import { describe, expect, it } from "vitest";
import { densityCurve } from "../../../../src/compute/statistics/boxes/density-curve.ts";
import { boxGoldens } from "./goldens.ts";

describe("the density of values", () => {
  it.each(boxGoldens)(
    "is that of SciPy's gaussian_kde, to 5e-4 of its height: $name",
    ({ values, numbers, density }) => {
      const curve = densityCurve(values, numbers);
      expect([curve?.from, curve?.to]).toEqual([Math.min(...values), Math.max(...values)]);
      const highest = Math.max(...density);
      const worst = Math.max(...density.map((height, at) => Math.abs(height - (curve?.heights[at] ?? Number.NaN))));
      expect(worst / highest).toBeLessThan(5e-4);
    },
  );

  it("is the same for numbers of double precision", () => {
    for (const { values, numbers } of boxGoldens)
      expect(densityCurve(Float64Array.from(values), numbers)).toEqual(densityCurve(values, numbers));
  });

  it("has its form for the smallest and the greatest values that there are", () => {
    const boxOf = (values: Float32Array) => ({
      min: Math.min(...values),
      max: Math.max(...values),
      mean: values.reduce((sum, value) => sum + value / values.length, 0),
    });
    const formOf = (size: number) => {
      const values = Float32Array.from({ length: 40 }, (_, row) => size * Math.sin(7 * row));
      const heights = densityCurve(values, boxOf(values))?.heights ?? new Float32Array();
      const highest = Math.max(...heights);
      return Array.from(heights, (height) => height / highest);
    };
    const usual = formOf(1);
    expect(Math.max(...usual)).toBe(1);
    for (const size of [2 ** -132, 2 ** 126]) {
      const form = formOf(size);
      expect(Math.max(...usual.map((height, at) => Math.abs(height - (form[at] ?? Number.NaN))))).toBeLessThan(1e-4);
    }
  });

  it("is none where values have no spread", () => {
    expect(densityCurve(new Float32Array(), { min: Number.NaN, max: Number.NaN, mean: Number.NaN })).toBeNull();
    expect(densityCurve(Float32Array.of(2), { min: 2, max: 2, mean: 2 })).toBeNull();
    expect(densityCurve(Float32Array.of(3, 3, 3), { min: 3, max: 3, mean: 3 })).toBeNull();
  });
});

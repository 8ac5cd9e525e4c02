import { describe, expect, it } from "vitest";
import { densityCurve } from "../../../../src/compute/statistics/density-curve.ts";
import { boxGoldens } from "./goldens.ts";

describe("the density of values", () => {
  it.each(boxGoldens)("is that of SciPy's gaussian_kde, to 5e-4 of its height: $name", ({ values, density }) => {
    const curve = densityCurve(values);
    expect([curve?.from, curve?.to]).toEqual([Math.min(...values), Math.max(...values)]);
    const highest = Math.max(...density);
    const worst = Math.max(...density.map((height, at) => Math.abs(height - (curve?.heights[at] ?? Number.NaN))));
    expect(worst / highest).toBeLessThan(5e-4);
  });

  it("is the same for numbers of double precision", () => {
    const [{ values }] = boxGoldens as [(typeof boxGoldens)[number]];
    expect(densityCurve(Float64Array.from(values))).toEqual(densityCurve(values));
  });

  it("is none where values have no spread", () => {
    expect(densityCurve(new Float32Array())).toBeNull();
    expect(densityCurve(Float32Array.of(2))).toBeNull();
    expect(densityCurve(Float32Array.of(0.1, 0.1, 0.1))).toBeNull();
  });
});

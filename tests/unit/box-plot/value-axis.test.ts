import { describe, expect, it } from "vitest";
import { rangeOf, valueAxis } from "../../../src/widgets/box-plot/plot/layout/value-axis.ts";

describe("the value axis", () => {
  it("holds every value and has round ticks", () => {
    const axis = valueAxis([0.0132, 1.087], 4);
    expect(axis.low).toBeLessThanOrEqual(0.0132);
    expect(axis.high).toBeGreaterThanOrEqual(1.087);
    expect(axis.ticks.map(({ label }) => label)).toEqual(["0", "0.2", "0.4", "0.6", "0.8", "1"]);
  });

  it("leaves little of its height empty", () => {
    const [least, greatest] = [0, 1.087];
    const { low, high } = valueAxis([least, greatest], 3);
    expect((greatest - least) / (high - low)).toBeGreaterThan(0.9);
  });

  it("puts values that are all equal into its middle", () => {
    for (const value of [0, 3, -7e-9, 1e12]) {
      const { low, high } = valueAxis([value, value], 3);
      expect(high).toBeGreaterThan(low);
      expect(Math.abs((value - low) / (high - low) - 0.5)).toBeLessThan(0.1);
    }
  });

  it("writes minus signs, commas and powers as everywhere", () => {
    expect(valueAxis([-2, 2], 3).ticks.map(({ label }) => label)).toContain("−2");
    expect(valueAxis([0, 20_000], 2).ticks.map(({ label }) => label)).toContain("20,000");
    expect(valueAxis([0, 2e-7], 2).ticks.map(({ label }) => label)).toContain("2 × 10⁻⁷");
  });

  it("tells ticks apart that agree in three digits", () => {
    const labels = valueAxis([1200.1, 1200.9], 4).ticks.map(({ label }) => label);
    expect(labels.length).toBeGreaterThan(2);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toContain("1,200.4");
  });

  it("is one for several ranges where they are put together", () => {
    expect(
      rangeOf([
        [0.2, 1],
        [-1, 0.4],
      ]),
    ).toEqual([-1, 1]);
  });
});

import { describe, expect, it } from "vitest";
import { CountHistogram } from "../../../src/widgets/plane/marks/count-histogram.ts";
import { density, ink, toneOf } from "../../../src/widgets/plane/marks/ink.ts";
import { markDiameter } from "../../../src/widgets/plane/marks/mark-diameter.ts";

describe("ink", () => {
  it("is full where marks are as dense as in the densest percent", () => {
    for (const dense of [1, 3.9, 190.7]) expect(ink(dense, toneOf(dense, "light"))).toBe(1);
  });

  it("of a lone mark is 1 - log2(m) / 10, and never less than the floor of the scheme", () => {
    expect(ink(1, toneOf(3.9, "light"))).toBeCloseTo(0.8037, 4);
    expect(ink(1, toneOf(190.7, "light"))).toBe(0.55);
    expect(ink(1, toneOf(190.7, "dark"))).toBe(0.7);
  });

  it("grows with the logarithm of the count", () => {
    const tone = toneOf(100, "light");
    expect(ink(10, tone)).toBeCloseTo((tone.floor + 1) / 2, 12);
    expect(density(10, tone)).toBeCloseTo(0.5, 12);
  });

  it("of a mark's soft edge is in proportion to what it covers", () => {
    const tone = toneOf(50, "light");
    expect(ink(0.5, tone)).toBe(tone.floor / 2);
    expect(ink(0, tone)).toBe(0);
  });

  it("is full for a single layer of marks", () => {
    expect(ink(1, toneOf(1, "light"))).toBe(1);
    expect(density(1, toneOf(1, "light"))).toBe(0);
  });
});

describe("the histogram of counts", () => {
  it("gives percentiles within its step of 1.1 %", () => {
    const histogram = new CountHistogram();
    for (let count = 1; count <= 10_000; count++) histogram.add(count);
    for (const share of [0.1, 0.5, 0.99]) {
      const found = histogram.percentile(share);
      expect(Math.abs(found / (share * 10_000) - 1)).toBeLessThan(0.011);
    }
  });

  it("leaves out pixels without ink", () => {
    const histogram = new CountHistogram();
    for (let pixel = 0; pixel < 1000; pixel++) histogram.add(0);
    histogram.add(8);
    expect(histogram.percentile(0.5)).toBeGreaterThan(7.9);
  });

  it("of an empty picture gives 1", () => {
    expect(new CountHistogram().percentile(0.99)).toBe(1);
  });
});

describe("the diameter of a mark", () => {
  it("lets all marks together cover 48 % of the body", () => {
    const diameter = markDiameter(1797, 440 * 440);
    expect(diameter).toBeCloseTo(Math.sqrt((0.48 * 440 * 440) / (Math.PI * 1797)), 12);
  });

  it("is at most 7, at least 2, and 1.5 above 200,000 rows", () => {
    expect(markDiameter(10, 440 * 440)).toBe(7);
    expect(markDiameter(100_000, 440 * 440)).toBe(2);
    expect(markDiameter(200_001, 440 * 440)).toBe(1.5);
  });

  it("grows with the 0.4th power of the zoom, up to 9", () => {
    expect(markDiameter(100_000, 440 * 440, 4)).toBeCloseTo(2 * 4 ** 0.4, 12);
    expect(markDiameter(10, 440 * 440, 50)).toBe(9);
    expect(markDiameter(10, 440 * 440, 0.3)).toBe(7);
  });
});

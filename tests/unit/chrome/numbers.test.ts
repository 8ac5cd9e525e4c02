import { describe, expect, it } from "vitest";
import {
  formatAlike,
  formatCount,
  formatCounted,
  formatLogPAlike,
  formatNumber,
  formatP,
} from "../../../src/widgets/theme/numbers.ts";

describe("numbers on screen", () => {
  it("have commas at the thousands and say one of a thing in the singular", () => {
    expect(formatCount(1797)).toBe("1,797");
    expect(formatCounted(1, "row")).toBe("1 row");
    expect(formatCounted(1797, "class", "classes")).toBe("1,797 classes");
  });

  it("that are read beside each other end at the same decimal", () => {
    expect(formatAlike([0, 0.00255, -1.0249, 3.5678])).toEqual(["0.00", "0.00", "−1.02", "3.57"]);
    expect(formatAlike([-0.0001, 0.0148])).toEqual(["−0.0001", "0.0148"]);
    expect(formatAlike([-0.00001, 0.0148])).toEqual(["0.0000", "0.0148"]);
    expect(formatAlike([12345.6, 7])).toEqual(["12,346", "7"]);
    expect(formatAlike([Number.NaN, 1.5, Number.POSITIVE_INFINITY])).toEqual(["NaN", "1.50", "∞"]);
    expect(formatAlike([1.2e-7, 0])).toEqual(["1.2 × 10⁻⁷", "0"]);
  });

  it("have three significant digits and a real minus", () => {
    expect(formatNumber(0.71428)).toBe("0.714");
    expect(formatNumber(-3.0249)).toBe("−3.02");
    expect(formatNumber(12345.6)).toBe("12,300");
    expect(formatNumber(0)).toBe("0");
    expect(formatNumber(1797)).toBe("1,797");
    expect(formatNumber(1.2e-7)).toBe("1.2 × 10⁻⁷");
    expect(formatNumber(-4.56e12)).toBe("−4.56 × 10¹²");
    expect(formatNumber(Number.NaN)).toBe("NaN");
    expect(formatNumber(Number.NEGATIVE_INFINITY)).toBe("−∞");
  });

  it("have three decimals in a column of p, where these tell it", () => {
    const column = [1, 0.9, 0.89, 0.012, 0.001, 0.0004, 0].map((p) => formatLogPAlike(Math.log(p)));
    expect(column).toEqual(["1.000", "0.900", "0.890", "0.012", "0.001", "4 × 10⁻⁴", "0"]);
  });

  it("tell a p the same alone and in a column", () => {
    for (const p of [0.199, 0.2, 0.9951, 0.99999, 0.0149, 0.001, 3e-7])
      expect(Number(formatP(p).replace(/ .*/, ""))).toBe(Number(formatLogPAlike(Math.log(p)).replace(/ .*/, "")));
  });

  it("write a small p as a power of ten", () => {
    expect(formatP(3.1e-12)).toBe("3 × 10⁻¹²");
    expect(formatP(0.004)).toBe("0.004");
    expect(formatP(0.043)).toBe("0.043");
    expect(formatP(0.5)).toBe("0.5");
    expect(formatP(1)).toBe("1");
    expect(formatP(0.996)).toBe("0.996");
    expect(formatP(0.99999)).toBe("0.999");
    expect(formatP(0.994)).toBe("0.994");
    expect(formatP(0)).toBe("< 10⁻³⁰⁰");
  });
});

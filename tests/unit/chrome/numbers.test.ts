import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatNumber,
  formatP,
  formatRemaining,
} from "../../../src/widgets/theme/numbers.ts";

describe("numbers on screen", () => {
  it("have commas at the thousands and say one of a thing in the singular", () => {
    expect(formatCount(1797)).toBe("1,797");
    expect(formatCounted(1, "row")).toBe("1 row");
    expect(formatCounted(1797, "class", "classes")).toBe("1,797 classes");
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

  it("write a small p as a power of ten", () => {
    expect(formatP(3.1e-12)).toBe("3 × 10⁻¹²");
    expect(formatP(0.004)).toBe("0.004");
    expect(formatP(0.043)).toBe("0.043");
    expect(formatP(0.5)).toBe("0.5");
    expect(formatP(1)).toBe("1");
    expect(formatP(0)).toBe("< 10⁻³⁰⁰");
  });

  it("count bytes in decimal units and time in what is left of it", () => {
    expect(formatBytes(312e6)).toBe("312 MB");
    expect(formatBytes(2.1e9)).toBe("2.1 GB");
    expect(formatBytes(999_999)).toBe("1.0 MB");
    expect(formatBytes(17)).toBe("17 bytes");
    expect(formatDuration(1.23)).toBe("1.2 s");
    expect(formatDuration(45.2)).toBe("45 s");
    expect(formatDuration(180)).toBe("3 min");
    expect(formatDuration(4800)).toBe("1 h 20 min");
    expect(formatRemaining(3.2)).toBe("about 3 s left");
    expect(formatRemaining(0.1)).toBe("about 1 s left");
    expect(formatRemaining(43)).toBe("about 45 s left");
    expect(formatRemaining(240)).toBe("about 4 min left");
  });
});

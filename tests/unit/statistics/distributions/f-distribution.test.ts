import { describe, expect, it } from "vitest";
import { logFSurvival } from "../../../../src/compute/statistics/distributions/f-distribution.ts";
import { statistics } from "../goldens.ts";
import { relativeError } from "../relative-error.ts";

describe("the chance of an F as large", () => {
  it.each(statistics.fTails)(
    "is mpmath's to 12 digits, SciPy's to 9: $f of $between and $within",
    ({ f, between, within, logP, scipy }) => {
      const ours = logFSurvival(f, between, within);
      // A difference of logarithms is a relative difference of what they are of.
      expect(Math.abs(ours - logP)).toBeLessThan(1e-12 * Math.max(1, -logP / 100));
      if (scipy !== null && scipy > 1e-300) expect(relativeError(Math.exp(ours), scipy)).toBeLessThan(1e-9);
    },
  );

  it("covers p from 1 to 1e-300, logarithms beyond, and 1e7 degrees of freedom in either place", () => {
    const logs = statistics.fTails.map(({ logP }) => logP);
    for (const [from, to] of [
      [-1e-6, 0],
      [-2, -0.5],
      [-100, -15],
      [-690, -670],
      [-10_000, -700],
    ] as const)
      expect(logs.some((log) => log >= from && log <= to)).toBe(true);
    for (const degrees of ["between", "within"] as const)
      expect(statistics.fTails.some((tail) => tail[degrees] === 1e7 && tail.logP < -0.5)).toBe(true);
  });

  it("has the closed form of two degrees of freedom, however far out", () => {
    for (const within of [1, 2.5, 97, 1e4, 1e7])
      for (const f of [1e-3, 0.7, 1, 3, 1e3, 1e9, 1e200]) {
        const exact = -(within / 2) * Math.log1p((2 * f) / within);
        expect(relativeError(logFSurvival(f, 2, within), exact)).toBeLessThan(1e-12);
      }
  });

  it("is certain at 0, impossible at infinity, unknown for no number, and never worse for a larger F", () => {
    expect(logFSurvival(0, 3, 10)).toBe(0);
    expect(logFSurvival(Number.POSITIVE_INFINITY, 3, 10)).toBe(Number.NEGATIVE_INFINITY);
    expect(logFSurvival(Number.NaN, 3, 10)).toBeNaN();
    for (const [between, within] of [
      [1, 1],
      [4, 1e5],
      [1e7, 3],
    ] as const) {
      const logs = Array.from({ length: 400 }, (_, step) => logFSurvival(10 ** (step / 20 - 4), between, within));
      expect(logs.every((log, step) => log <= (logs[step - 1] ?? 0))).toBe(true);
    }
    expect(logFSurvival(Number.MAX_VALUE, 1e7, 3)).toBeGreaterThan(-1100);
  });
});

import { describe, expect, it } from "vitest";
import { logChiSquaredSurvival } from "../../../../src/compute/statistics/distributions/chi-squared.ts";
import { statistics } from "../goldens.ts";
import { relativeError } from "../relative-error.ts";

describe("the chance of a chi squared as large", () => {
  it.each(statistics.chiSquaredTails)(
    "is mpmath's to 12 digits, SciPy's to 9: $x of $degrees",
    ({ x, degrees, logP, scipy }) => {
      const ours = logChiSquaredSurvival(x, degrees);
      expect(Math.abs(ours - logP)).toBeLessThan(1e-12 * Math.max(1, -logP / 100));
      if (scipy !== null && scipy > 1e-300) expect(relativeError(Math.exp(ours), scipy)).toBeLessThan(1e-9);
    },
  );

  it("has the closed form of two degrees of freedom, however far out", () => {
    for (const x of [1e-9, 0.5, 3, 4.5, 700, 1e5, 1e9])
      expect(relativeError(logChiSquaredSurvival(x, 2), -x / 2)).toBeLessThan(1e-12);
  });

  it("is certain at 0, impossible at infinity, and unknown for no number", () => {
    expect(logChiSquaredSurvival(0, 3)).toBe(0);
    expect(logChiSquaredSurvival(Number.POSITIVE_INFINITY, 3)).toBe(Number.NEGATIVE_INFINITY);
    expect(logChiSquaredSurvival(Number.NaN, 3)).toBeNaN();
  });
});

import { describe, expect, it } from "vitest";
import { benjaminiHochberg, bonferroni } from "../../../src/compute/statistics/one-way/adjust-p.ts";
import { statistics } from "./goldens.ts";
import { relativeError } from "./relative-error.ts";

const allOf = (length: number) => Int32Array.from({ length }, (_, test) => test);
const logsOf = (p: readonly number[]) => Float64Array.from(p, Math.log);

describe("p adjusted for many tests", () => {
  it.each(statistics.adjusted)("is statsmodels', by either rule: $p.length tests", (golden) => {
    const [logs, all] = [logsOf(golden.p), allOf(golden.p.length)];
    const pairs = [
      [benjaminiHochberg(logs, all), golden.q],
      [bonferroni(logs, all), golden.bonferroni],
    ] as const;
    for (const [ours, theirs] of pairs) {
      const apart = Array.from(ours, (log, test) => relativeError(Math.exp(log), theirs[test] ?? Number.NaN));
      expect(Math.max(...apart)).toBeLessThan(1e-12);
    }
  });

  it("goes on where p itself would be 0", () => {
    const logs = Float64Array.of(-5000, Number.NEGATIVE_INFINITY, -0.1, -1200);
    const [q, b] = [benjaminiHochberg(logs, allOf(4)), bonferroni(logs, allOf(4))];
    expect(q[0]).toBeCloseTo(-5000 + Math.log(4 / 2), 9);
    expect(q[3]).toBeCloseTo(-1200 + Math.log(4 / 3), 9);
    expect(b[0]).toBeCloseTo(-5000 + Math.log(4), 9);
    expect([q[1], b[1], q[2], b[2]]).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, -0.1, 0]);
  });

  it("counts the tests that there were, and no unit without one", () => {
    const logs = logsOf([0.01, 1, 0.03, 1]);
    const counted = Int32Array.of(0, 2);
    const q = [...benjaminiHochberg(logs, counted)].map(Math.exp);
    const b = [...bonferroni(logs, counted)].map(Math.exp);
    for (const [test, expected] of [0.02, 1, 0.03, 1].entries()) expect(q[test]).toBeCloseTo(expected, 12);
    for (const [test, expected] of [0.02, 1, 0.06, 1].entries()) expect(b[test]).toBeCloseTo(expected, 12);
  });

  it("has nothing to say of no tests", () => {
    expect([...benjaminiHochberg(Float64Array.of(0, 0), new Int32Array())]).toEqual([0, 0]);
  });
});

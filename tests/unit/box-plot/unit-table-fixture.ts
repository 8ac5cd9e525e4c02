import type { UnitTable } from "../../../src/compute/statistics/one-way/unit-table.ts";

/** Four units of two groups; the last has no statistic. Best first: 2, 0, 1. */
export function unitTableOf(changed: Partial<UnitTable> = {}): UnitTable {
  const doubles = (...values: readonly number[]) => Float64Array.from(values);
  const logs = doubles(Math.log(0.01), Math.log(0.5), Math.log(1e-12), 0);
  return {
    level: "slide",
    test: "anova",
    statistic: doubles(12, 0.5, 90, Number.NaN),
    p: logs.map(Math.exp),
    logP: logs,
    q: doubles(0.015, 0.5, 3e-12, 1),
    logQ: doubles(Math.log(0.015), Math.log(0.5), Math.log(3e-12), 0),
    bonferroni: doubles(0.03, 1, 3e-12, 1),
    etaSquared: doubles(0.5, 0.9, 0.8, Number.NaN),
    omegaSquared: doubles(0.4, 0, 0.7, Number.NaN),
    permutationP: null,
    means: doubles(3, 1, 4.6, 0, 1, 1.1, 2, 0),
    sizes: Int32Array.of(5, 7),
    missing: Int32Array.of(0, 0, 0, 2),
    ranking: Int32Array.of(2, 0, 1, 3),
    ...changed,
  };
}

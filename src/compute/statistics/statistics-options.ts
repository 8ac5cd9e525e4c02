import { checkChoice, checkNumber } from "../option-checks.ts";

/** What counts as one observation: each tile, or each slide with the tiles of a class summed up in one number. */
export const levels = ["tile", "slide"] as const;
export type Level = (typeof levels)[number];

/** One-way analysis of variance, the same without equal variances (Welch 1951), or by ranks (Kruskal and Wallis 1952). */
export const unitTests = ["anova", "welch", "kruskal"] as const;
export type UnitTest = (typeof unitTests)[number];

/** How the tiles of a slide become one number: their mean, their median, or the share of them above a threshold. */
export const slideMethods = ["mean", "median", "threshold"] as const;
export type SlideMethod = (typeof slideMethods)[number];

export interface StatisticsOptions {
  readonly test: UnitTest;
  readonly method: SlideMethod;
  /** With "threshold": a tile counts when its value is strictly above it. */
  readonly threshold: number;
  /** Rearrangements of the slides' classes that the permutation test draws; 0: none. */
  readonly permutations: number;
  readonly seed: number;
}

export const statisticsDefaults: StatisticsOptions = {
  test: "anova",
  method: "mean",
  threshold: 0.5,
  permutations: 999,
  seed: 42,
};

/** @throws {ComputeError} "input" on a value that is none of the known ones or out of its range. */
export function validateStatisticsOptions({ test, method, threshold, permutations, seed }: StatisticsOptions): void {
  checkChoice("test", test, unitTests);
  checkChoice("method", method, slideMethods);
  checkNumber("threshold", threshold, {
    least: Number.NEGATIVE_INFINITY,
  });
  checkNumber("permutations", permutations, { integer: true, least: 0, most: 1_000_000 });
  checkNumber("seed", seed, { integer: true, least: 0 });
}

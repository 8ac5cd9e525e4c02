import type { Level, UnitTest } from "../statistics-options.ts";

/** One test of every unit at one level; arrays hold a number a unit unless said otherwise. */
export interface UnitTable {
  readonly level: Level;
  readonly test: UnitTest;
  /** F (or Kruskal-Wallis' H); NaN where there is none: constant values, a missing value, fewer than two groups. */
  readonly statistic: Float64Array<ArrayBuffer>;
  /** May underflow to 0, which `logP` does not; 1 where there is no statistic. */
  readonly p: Float64Array<ArrayBuffer>;
  /** Natural logarithm of p. */
  readonly logP: Float64Array<ArrayBuffer>;
  /** p after Benjamini and Hochberg (1995), over the units that have a statistic; as logarithm beside it. */
  readonly q: Float64Array<ArrayBuffer>;
  readonly logQ: Float64Array<ArrayBuffer>;
  /** p after Bonferroni, at most 1. */
  readonly bonferroni: Float64Array<ArrayBuffer>;
  /** Share of the variance that the groups explain, 0 to 1. */
  readonly etaSquared: Float64Array<ArrayBuffer>;
  /** The same without its bias for few observations (Hays 1963); may be below 0. */
  readonly omegaSquared: Float64Array<ArrayBuffer>;
  /** By rearranging the slides' classes: (1 + as large an F) / (1 + permutations); null at tile level or where none are asked for. */
  readonly permutationP: Float64Array<ArrayBuffer> | null;
  /** groups × units: the mean of each group's observations. */
  readonly means: Float64Array<ArrayBuffer>;
  /** Observations in each group. */
  readonly sizes: Int32Array<ArrayBuffer>;
  /** Not a number, or infinite, among the unit's values. */
  readonly missing: Int32Array<ArrayBuffer>;
  /** Units, best first: by p ascending, ties by statistic descending, then by number; those without a statistic last. */
  readonly ranking: Int32Array<ArrayBuffer>;
}

/** Both levels of one test; slides may be unknown. */
export interface UnitTables {
  readonly tile: UnitTable;
  readonly slide: UnitTable | null;
}

/** What each slide says of each unit: one number a slide and class that it has tiles of. */
export interface SlideValues {
  /** observations × units. */
  readonly values: Float64Array<ArrayBuffer>;
  /** The slide of each observation, ascending; a slide with tiles of several classes has several. */
  readonly slides: Int32Array<ArrayBuffer>;
  /** The class of each observation. */
  readonly groups: Int32Array<ArrayBuffer>;
  /** Tiles behind each observation. */
  readonly tiles: Int32Array<ArrayBuffer>;
}

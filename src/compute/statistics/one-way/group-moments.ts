/** What analysis of variance has to know of each unit's values in each group: all in double precision. */
export interface GroupMoments {
  readonly groups: number;
  readonly units: number;
  /** Observations in each group; those without a group are counted nowhere. */
  readonly sizes: Int32Array<ArrayBuffer>;
  /** groups × units: that very value where a group's values are all equal; a group without observations has 0. */
  readonly means: Float64Array<ArrayBuffer>;
  /** groups × units: the sum of the squared distances from the group's mean; exactly 0 where its values are all equal. */
  readonly squares: Float64Array<ArrayBuffer>;
  /** Not a number, or infinite, among each unit's counted values; such a unit has no statistic, whatever the rest says. */
  readonly missing: Int32Array<ArrayBuffer>;
}

/** What the test of Kruskal and Wallis has to know of each unit's values in each group. */
export interface GroupRanks {
  readonly groups: number;
  readonly units: number;
  readonly sizes: Int32Array<ArrayBuffer>;
  /** groups × units: the sum of the ranks, 1 the least value, equal values sharing the mean of their places. */
  readonly rankSums: Float64Array<ArrayBuffer>;
  /** Each unit's sum of t³ - t over its runs of t equal values. */
  readonly ties: Float64Array<ArrayBuffer>;
  readonly missing: Int32Array<ArrayBuffer>;
}

/** One test's answer, a number a unit; NaN where there is no statistic, but for `logP`, which is 0 then. */
export interface Tested {
  /** F, or Kruskal and Wallis' H. */
  readonly statistic: Float64Array<ArrayBuffer>;
  /** Natural logarithm of p. */
  readonly logP: Float64Array<ArrayBuffer>;
  readonly etaSquared: Float64Array<ArrayBuffer>;
  readonly omegaSquared: Float64Array<ArrayBuffer>;
}

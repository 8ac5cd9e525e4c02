/** What is drawn of one group of one unit. Quantiles are linear between the two nearest values, as NumPy's. */
export interface BoxNumbers {
  /** Finite values in it; 0: nothing else here means anything. */
  readonly n: number;
  readonly mean: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  /** The most extreme values within 1.5 × (q3 - q1) of the box (Tukey). */
  readonly whiskerLow: number;
  readonly whiskerHigh: number;
  /** Values beyond the whiskers, and at most 200 of them, spread evenly over those by size, with their rows (slide level: observations). */
  readonly outlierCount: number;
  readonly outliers: Float32Array<ArrayBuffer>;
  readonly outlierRows: Int32Array<ArrayBuffer>;
}

/** Gaussian kernel density on a regular grid from `from` to `to`, both ends included; its area is 1. */
export interface DensityCurve {
  readonly from: number;
  readonly to: number;
  readonly heights: Float32Array<ArrayBuffer>;
}

/** Single values laid beside each other without touching; beyond 2,000 a group there is a density instead. */
export interface PointSwarm {
  readonly rows: Int32Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
  /** From the group's middle line, in units of a point's diameter; of a drawing `perValue` diameters high for a range of 1. */
  readonly offsets: Float32Array<ArrayBuffer>;
}

export interface UnitGroup {
  readonly box: BoxNumbers;
  /** null unless violins, or points where there are too many, are drawn. */
  readonly density: DensityCurve | null;
  /** null unless points are drawn and there are few enough. */
  readonly swarm: PointSwarm | null;
  /** Mean of each slide's tiles in this group, with the slide's number; empty where slides are unknown. */
  readonly slideMeans: Float64Array<ArrayBuffer>;
  readonly slides: Int32Array<ArrayBuffer>;
}

/** One panel: a unit's groups, and the selected rows as one more. */
export interface UnitBoxes {
  readonly unit: number;
  readonly groups: readonly UnitGroup[];
  /** null where nothing is selected. */
  readonly selection: UnitGroup | null;
  /** Least and greatest finite value of all rows that have a group. */
  readonly range: readonly [number, number];
}

export const boxShapes = ["box", "violin", "points"] as const;
export type BoxShape = (typeof boxShapes)[number];

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
  /** The most extreme values within 1.5 × (q3 - q1) of the box (Tukey), but never inside the box. */
  readonly whiskerLow: number;
  readonly whiskerHigh: number;
  /** Values beyond the whiskers, and at most 200 of them, ascending, spread evenly over those by size, with their rows (slide level: slides). */
  readonly outlierCount: number;
  readonly outliers: Float32Array<ArrayBuffer>;
  readonly outlierRows: Int32Array<ArrayBuffer>;
}

/**
 * Gaussian kernel density, Scott's bandwidth, on a regular grid from the least to the greatest value, both included: cut
 * there, where data end, so the area is a little below 1.
 */
export interface DensityCurve {
  readonly from: number;
  readonly to: number;
  readonly heights: Float32Array<ArrayBuffer>;
}

/** Single values, ascending, laid beside each other without touching; beyond 2,000 a group there is a density instead. */
export interface PointSwarm {
  /** Their rows (slide level: slides). */
  readonly rows: Int32Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
  /** From the group's middle line, in units of a point's diameter. */
  readonly offsets: Float32Array<ArrayBuffer>;
  /** Diameters that a difference of 1 in value is high: points touch where it is drawn flatter. One number for a panel. */
  readonly perValue: number;
}

export interface UnitGroup {
  readonly box: BoxNumbers;
  /** null unless violins, or points where there are too many, are drawn; and where all values are equal. */
  readonly density: DensityCurve | null;
  /** null unless points are drawn and there are few enough. */
  readonly swarm: PointSwarm | null;
  /** Mean of each slide's tiles in this group (slide level: the number that stands for them); empty where slides are unknown. */
  readonly slideMeans: Float64Array<ArrayBuffer>;
  /** The slides that these are of, ascending. */
  readonly slides: Int32Array<ArrayBuffer>;
}

/** One panel: a unit's groups, and the selected rows as one more. */
export interface UnitBoxes {
  readonly unit: number;
  readonly groups: readonly UnitGroup[];
  /** null where nothing is selected. */
  readonly selection: UnitGroup | null;
  /**
   * Least and greatest finite value of all rows that have a group (slide level: of all groups' slides; the selection's
   * may lie beyond); [0, 0] where there is none.
   */
  readonly range: readonly [number, number];
}

export const boxShapes = ["box", "violin", "points"] as const;
export type BoxShape = (typeof boxShapes)[number];

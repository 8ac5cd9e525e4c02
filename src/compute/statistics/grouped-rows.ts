import type { Matrix } from "../matrix.ts";

/** To which class (or slide) each row belongs. */
export interface Grouping {
  /** A number from 0 to `count` - 1 a row; -1: the row belongs to none and is left out. */
  readonly codes: Int32Array<ArrayBuffer>;
  readonly count: number;
}

/** What units answer to rows, and what those rows are. */
export interface GroupedRows {
  /** rows × units, one activation each. */
  readonly values: Matrix;
  /** The class of each row. */
  readonly groups: Grouping;
  /** The slide, or patient, that each row comes from; null where that is not known. */
  readonly slides: Grouping | null;
}

import type { TensorSpot } from "../layer/pass-through.ts";
import type { Written } from "./pointwise.ts";

/** Something that is done to one number. */
export interface Change {
  /** "ReLU", "batch normalisation". */
  readonly operation: string;
  readonly kind: "elementwise" | "normalization";
  /** What it makes of a number. */
  apply(x: number): Written;
  /** The number that is added, where that is all. */
  readonly shift: number | null;
}

/** Changes one after the other, and the number that they start from. */
export interface Changed {
  readonly from: TensorSpot;
  readonly changes: readonly Change[];
}

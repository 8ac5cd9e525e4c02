import { modelColors } from "../features/preprocess/model-colors.ts";
import type { Preprocessing } from "../features/preprocess/preprocessing.ts";
import type { BlackAndWhite } from "./model-levels.ts";

/** Of pictures that are each standardised by their own figures few numbers lie farther from their mean. */
const DEVIATIONS = 2;

/**
 * What stands for black and for white where pictures are made, not prepared.
 *
 * @param preprocessing - How the model's pictures are prepared; null: that is not known, and 0 and 1 are taken.
 */
export function colorsTaken(preprocessing: Preprocessing | null, channels: number): BlackAndWhite {
  const all = (value: number) => Array.from({ length: channels }, () => value);
  if (preprocessing?.standardize === "tensorflow") return { black: all(-DEVIATIONS), white: all(DEVIATIONS) };
  const known = preprocessing && modelColors({ ...preprocessing, normalizer: null });
  return known?.black.length === channels ? known : { black: all(0), white: all(1) };
}

import type { Job } from "../job.ts";
import type { PictureShape } from "./differentiable.ts";

/** How far the attributions add up to what the score changed by along the path; the axiom has it that they do. */
export interface Completeness {
  /** Of all attributions. */
  readonly sum: number;
  /** The picture's score less the baseline's. */
  readonly difference: number;
  /** `sum - difference`; Captum calls it the convergence delta. */
  readonly error: number;
}

/** What each number of a picture has to do with a score. */
export interface Attribution {
  /** In the layout that `shape` tells: the picture's own, or one channel for what is about places (Grad-CAM, XRAI). */
  readonly values: Float32Array<ArrayBuffer>;
  readonly shape: PictureShape;
  /** The picture's. */
  readonly score: number;
  /** Of the start of the path, where there is one. */
  readonly baselineScore?: number;
  readonly completeness?: Completeness;
}

/** What there is of an attribution while it is being made. */
export type PartialAttribution = Pick<Attribution, "values" | "shape">;

/** A job of which the unfinished map may be watched. */
export interface SaliencyJob extends Job {
  readonly onMap?: ((partial: PartialAttribution) => void) | undefined;
}

/** Compare the sum of attributions along a path with the scores at its ends. */
export function completenessOf(values: ArrayLike<number>, score: number, baselineScore: number): Completeness {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  const difference = score - baselineScore;
  return { sum, difference, error: sum - difference };
}

/** The shape of what has one number for each place of a picture. */
export function placesOf({ height, width }: PictureShape): PictureShape {
  return { height, width, channels: 1, channelsLast: true };
}

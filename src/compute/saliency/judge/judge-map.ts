import { throwIfCancelled } from "../../errors.ts";
import type { Job } from "../../job.ts";
import { type ErasablePicture, type ErasedPictures, erasedPictures } from "./erased-pictures.ts";

/** How fast a class is lost with the places that a map calls salient, and how fast it comes back with them. */
export interface JudgedMap {
  /** Of the places, from 0 to 1: `steps + 1` shares, evenly. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** The class's probability where so many of the most salient places are blurred. */
  readonly deletion: Float32Array<ArrayBuffer>;
  /** And where all others are. */
  readonly insertion: Float32Array<ArrayBuffer>;
  /** The areas under both, 0 to 1. */
  readonly deletionArea: number;
  readonly insertionArea: number;
}

/** A class's probability for each of some pictures, as many at a time as there is room for. */
export type ScorePictures = (pictures: ErasedPictures, job: Job) => Promise<Float32Array>;

/**
 * Try a map: RISE's deletion and insertion (Petsiuk, Das and Saenko, "RISE: Randomized Input Sampling for Explanation of
 * Black-box Models", 2018, section 4.2), the areas by the trapezoid rule. Of a faithful map deletion's is small and
 * insertion's is large. Unlike RISE, which deletes to zeros and inserts into a blurred picture, both go between the picture
 * and its blurred self: no black patch becomes a shape of its own, and both curves meet at their ends.
 *
 * @param score - Is asked once, for `2 * steps` pictures.
 * @param order - All places of the picture, the most salient first (`rankPlaces`).
 * @param steps - Into how many parts the places are cut, from 1.
 * @throws {ComputeError} "cancelled", and whatever `score` throws.
 */
export async function judgeMap(
  score: ScorePictures,
  picture: ErasablePicture,
  order: Uint32Array,
  steps: number,
  { signal, onProgress }: Job = {},
): Promise<JudgedMap> {
  const told =
    onProgress && ((progress: Parameters<typeof onProgress>[0]) => onProgress({ ...progress, stage: "Judging" }));
  const scores = await score(erasedPictures(picture, order, steps), { signal, onProgress: told });
  throwIfCancelled(signal);
  const shares = Float32Array.from({ length: steps + 1 }, (_, step) => step / steps);
  const deletion = scores.slice(0, steps + 1);
  const insertion = Float32Array.from([deletion.at(-1) ?? 0, ...scores.subarray(steps + 1), deletion[0] ?? 0]);
  return { shares, deletion, insertion, deletionArea: areaUnder(deletion), insertionArea: areaUnder(insertion) };
}

/** The area under a line whose points lie evenly from 0 to 1. */
function areaUnder(heights: Float32Array): number {
  let sum = -((heights[0] ?? 0) + (heights.at(-1) ?? 0)) / 2;
  for (const height of heights) sum += height;
  return sum / (heights.length - 1);
}

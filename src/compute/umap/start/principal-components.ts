import type { Pace } from "../../runtime/pace.ts";
import type { StoredPoints } from "../stored-points.ts";
import { BLOCK, principalDirections, rowsPerSum, sampleStep } from "./principal-directions.ts";

/** Directions that a kernel call takes. */
const HALF = 4;

/**
 * Scores of the rows on their first principal components. Directions are found from a sample; all rows are then
 * projected.
 *
 * @returns `rows * nComponents` numbers, row-major; zeros for components that the data does not have.
 */
export async function principalComponents(
  points: StoredPoints,
  nComponents: number,
  pace: Pace,
): Promise<Float32Array<ArrayBuffer>> {
  const { arena, rows, width } = points;
  const step = sampleStep(rows);
  const directionsAt = arena.allocate(HALF * width * 4);
  const sumsAt = arena.allocate(HALF * width * 4);
  const scoresAt = arena.allocate(rows * HALF * 4);
  const chunk = rowsPerSum(width) * step;

  /** Rows weighted by their products with four directions, summed in double precision. */
  const project = async (directions: Float64Array): Promise<Float64Array> => {
    const sums = new Float64Array(HALF * width);
    arena.floats(directionsAt, HALF * width).set(directions);
    for (let from = 0; from < rows; from += chunk) {
      const to = Math.min(rows, from + chunk);
      arena.kernels.projectRows(points.address, width, points.mean, directionsAt, from, to, step, scoresAt, sumsAt);
      const part = arena.floats(sumsAt, HALF * width);
      for (let place = 0; place < sums.length; place++) sums[place] = (sums[place] ?? 0) + (part[place] ?? 0);
      await pace.check();
    }
    return sums;
  };

  const directions = await principalDirections(width, nComponents, async (tried) => {
    const image = new Float64Array(BLOCK * width);
    for (let half = 0; half < BLOCK; half += HALF)
      image.set(await project(tried.subarray(half * width, (half + HALF) * width)), half * width);
    return image;
  });
  arena.floats(directionsAt, HALF * width).set(directions.subarray(0, HALF * width));
  for (let from = 0; from < rows; from += chunk) {
    const to = Math.min(rows, from + chunk);
    arena.kernels.projectRows(points.address, width, points.mean, directionsAt, from, to, 1, scoresAt, 0);
    await pace.check();
  }
  const scores = arena.floats(scoresAt, rows * HALF);
  const kept = new Float32Array(rows * nComponents);
  for (let row = 0; row < rows; row++)
    for (let which = 0; which < nComponents; which++) kept[row * nComponents + which] = scores[row * HALF + which] ?? 0;
  return kept;
}

import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import type { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import type { Metric } from "../options.ts";
import { principalDirections, sampleStep } from "../start/principal-directions.ts";
import type { PointsSummary } from "../validate-points.ts";
import { StagedRows } from "./staged-rows.ts";

export interface ReducedColumns {
  /** Scores on the principal components, `rows * count`. */
  readonly points: Matrix;
  /** How the scores are compared, so that they are compared as the rows were. */
  readonly metric: Metric;
}

/** Directions that a kernel call takes. */
const LANES = 4;
/** Iterated beside those wanted (Halko, Martinsson, Tropp 2011, section 4.2: 5 to 10). */
const OVERSAMPLED = 10;
/** Their section 4.5 finds two or three enough where the spectrum decays, and neighbours ask for no more. */
const MOST_STEPS = 8;
const SETTLED = 1e-3;
const CHUNK_NUMBERS = 1 << 20;

/**
 * Fewer columns: the scores on the first `count` principal components, which keep as much of the squared distances as
 * any `count` columns can. Directions are found by randomised subspace iteration from about 5,000 rows, evenly taken.
 *
 * For "cosine" and "correlation" the rows get length 1 first (mean 0 too for "correlation") and are not centred, for
 * angles are seen from the origin; their scores are to be compared by "cosine".
 *
 * @param summary Of these points, which are finite.
 * @param count Below the number of columns.
 */
export async function reduceColumns(
  points: Matrix,
  summary: PointsSummary,
  count: number,
  metric: Metric,
  seed: number,
  pace: Pace,
  onProgress: Job["onProgress"] = () => {},
): Promise<ReducedColumns> {
  const { rows, columns } = points;
  const angular = metric === "cosine" || metric === "correlation";
  const arena = await Arena.create();
  const step = sampleStep(rows);
  const sampled = Math.ceil(rows / step);
  const sample = new StagedRows(arena, points, metric, summary.scale, sampled);
  const { width } = sample;
  const chunk = Math.max(1, Math.floor(CHUNK_NUMBERS / width));
  const part = new StagedRows(arena, points, metric, summary.scale, Math.min(rows, chunk));
  const mean = arena.allocate(width * 4);
  if (!angular) arena.floats(mean, columns).set(summary.means);
  const block = Math.ceil(Math.min(count + OVERSAMPLED, columns) / LANES) * LANES;
  const directionsAt = arena.allocate(LANES * width * 4);
  const sumsAt = arena.allocate(LANES * width * 4);
  const scoresAt = arena.allocate(Math.max(sampled, chunk) * LANES * 4);

  /** Scores of the staged rows on four directions, and the rows weighted by them. */
  const project = (address: number, from: number, to: number, directions: Float64Array) => {
    const wanted = arena.floats(directionsAt, LANES * width);
    wanted.set(directions);
    // The direction of rows of zeros is no column: their scores are zeros again.
    for (let lane = 0; lane < LANES; lane++) wanted.fill(0, lane * width + columns, (lane + 1) * width);
    arena.kernels.projectRows(address, width, mean, directionsAt, from, to, 1, scoresAt, sumsAt);
  };
  sample.stage(
    (function* () {
      for (let row = 0; row < rows; row += step) yield row;
    })(),
  );
  const multiply = async (directions: Float64Array) => {
    const image = new Float64Array(block * width);
    for (let first = 0; first < block; first += LANES) {
      const own = image.subarray(first * width, (first + LANES) * width);
      for (let from = 0; from < sampled; from += chunk) {
        const lanes = directions.subarray(first * width, (first + LANES) * width);
        project(sample.address, from, Math.min(sampled, from + chunk), lanes);
        const sums = arena.floats(sumsAt, LANES * width);
        for (let lane = 0; lane < LANES; lane++)
          for (let at = lane * width; at < lane * width + columns; at++) own[at] = (own[at] ?? 0) + (sums[at] ?? 0);
      }
      await pace.check();
    }
    return image;
  };
  onProgress({ stage: "Reducing columns", done: 0, total: rows, unit: "rows" });
  const directions = await principalDirections(width, count, multiply, {
    block,
    mostSteps: MOST_STEPS,
    settled: SETTLED,
    seed,
  });

  const data = new Float32Array(rows * count);
  for (let from = 0; from < rows; from += chunk) {
    const to = Math.min(rows, from + chunk);
    part.stageRange(from, to);
    for (let first = 0; first < count; first += LANES) {
      project(part.address, 0, to - from, directions.subarray(first * width, (first + LANES) * width));
      const scores = arena.floats(scoresAt, (to - from) * LANES);
      for (let lane = first; lane < Math.min(count, first + LANES); lane++)
        for (let row = from; row < to; row++)
          data[row * count + lane] = (scores[(row - from) * LANES + lane - first] ?? 0) / (angular ? 1 : summary.scale);
    }
    onProgress({ stage: "Reducing columns", done: to, total: rows, unit: "rows" });
    await pace.check();
  }
  return { points: { data, rows, columns: count }, metric: angular ? "cosine" : metric };
}

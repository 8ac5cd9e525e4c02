import { ComputeError } from "../../errors.ts";
import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import { QueryBlock } from "../neighbors/query-block.ts";
import { sampleRows } from "../neighbors/sample-rows.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import { normaliseStored, type StoredPoints, storePoints } from "../stored-points.ts";
import { validatePoints } from "../validate-points.ts";
import { RankedLines } from "./ranked-lines.ts";

export interface QualityOptions {
  /** Neighbours looked at; at most just below half the rows. Default 15. */
  readonly k: number;
  /** How the rows of the input are compared; those of the layout by Euclidean distance. */
  readonly metric: Metric;
  /** Rows measured, by chance; each is compared with all rows. Default 5,000. */
  readonly sample: number;
  readonly seed: number;
  /**
   * The true neighbours of every row, where known: with at least `k` a row, and up to 50,000 rows, the preservation
   * of each row outside the sample is given too.
   */
  readonly neighbors?: NeighborGraph | undefined;
}

/** How far a layout can be believed, each 0 to 1. */
export interface Quality {
  readonly k: number;
  /** Rows measured. */
  readonly rows: number;
  /** 1 where the nearest rows of the layout are near in the input: how far neighbours seen are true. */
  readonly trustworthiness: number;
  /** 1 where the nearest rows of the input are near in the layout: how far true neighbours are seen. */
  readonly continuity: number;
  /** Share of the `k` nearest rows of the input that are among the `k` nearest of the layout. */
  readonly preservation: number;
  /** The same for each row alone; NaN where it was not measured. */
  readonly perRow: Float32Array<ArrayBuffer>;
}

export const qualityDefaults = { k: 15, metric: "euclidean", sample: 5000, seed: 42 } as const;

const FEWEST_ROWS = 3;
/** Comparing every row of a layout with every other takes some seconds at this size. */
const MOST_ROWS_ALONE = 50_000;

/**
 * Trustworthiness and continuity (Venna and Kaski, "Neighborhood preservation in nonlinear projection methods", ICANN
 * 2001) and neighbour preservation of a layout. The rows of a sample are compared with all rows, so each is exact;
 * distances are in single precision, by differences, and equally near rows count in the order of their numbers.
 *
 * @param positions The layout, `rows * nComponents` numbers of two or three components.
 * @throws ComputeError "input" for fewer than 3 rows or another number of positions, "cancelled".
 */
export async function measureQuality(
  points: Matrix,
  positions: Float32Array<ArrayBuffer>,
  options: QualityOptions,
  job: Job = {},
): Promise<Quality> {
  const { rows } = points;
  const nComponents = positions.length / rows;
  if (rows < FEWEST_ROWS)
    throw new ComputeError("input", `Quality needs ${FEWEST_ROWS} rows, got ${rows}.`, "Pass more rows.");
  if (nComponents !== 2 && nComponents !== 3)
    throw new ComputeError(
      "input",
      `positions: expected ${rows} × 2 or 3 numbers, got ${positions.length}.`,
      "Pass the layout of these rows.",
    );
  if (!Number.isInteger(options.k) || options.k < 1)
    throw new ComputeError("input", `k: expected an integer of at least 1, got ${options.k}.`, "Pass 15.");
  if (!Number.isInteger(options.sample) || options.sample < 1)
    throw new ComputeError("input", `sample: expected an integer of at least 1, got ${options.sample}.`, "Pass 5000.");
  const k = Math.min(options.k, Math.ceil(rows / 2) - 1);
  const pace = new Pace(job.signal);
  const arena = await Arena.create();
  const before = await storeFor(arena, points, options.metric, pace);
  const after = await storeFor(arena, { data: positions, rows, columns: nComponents }, "euclidean", pace);
  const input = new RankedLines(new QueryBlock(arena, before.width, rows, options.metric), k);
  const layout = new RankedLines(new QueryBlock(arena, after.width, rows, "euclidean"), k);

  const chosen = sampleRows(rows, options.sample, options.seed);
  const perRow = new Float32Array(rows).fill(Number.NaN);
  const known = options.neighbors;
  const alone = known && known.k >= k && rows <= MOST_ROWS_ALONE && chosen.length < rows;
  const total = alone ? rows : chosen.length;
  const tell = (done: number) => job.onProgress?.({ stage: "Measuring quality", done, total, unit: "rows" });
  const { size } = input.block;
  let intruders = 0;
  let strays = 0;
  let shared = 0;
  for (let from = 0; from < chosen.length; from += size) {
    tell(from);
    const own = chosen.subarray(from, from + size);
    await input.measure(before, own, pace);
    await layout.measure(after, own, pace);
    for (const [place, row] of own.entries()) {
      const near = input.nearest(place);
      const seen = layout.nearest(place);
      intruders += input.ranksBeyond(place, without(seen, near));
      strays += layout.ranksBeyond(place, without(near, seen));
      const kept = countShared(near, seen);
      shared += kept;
      perRow[row] = kept / k;
    }
  }
  if (alone) {
    const others = Int32Array.from(perRow.keys()).filter((row) => Number.isNaN(perRow[row]));
    for (let from = 0; from < others.length; from += size) {
      tell(chosen.length + from);
      const own = others.subarray(from, from + size);
      await layout.measure(after, own, pace);
      for (const [place, row] of own.entries()) {
        const near = known.indices.subarray(row * known.k, row * known.k + k);
        perRow[row] = countShared(near, layout.nearest(place)) / k;
      }
    }
  }
  tell(total);
  // The sum of penalties that a layout could have at worst, for k below half the rows.
  const worst = (chosen.length * k * (2 * rows - 3 * k - 1)) / 2;
  return {
    k,
    rows: chosen.length,
    trustworthiness: 1 - intruders / worst,
    continuity: 1 - strays / worst,
    preservation: shared / (chosen.length * k),
    perRow,
  };
}

async function storeFor(arena: Arena, points: Matrix, metric: Metric, pace: Pace): Promise<StoredPoints> {
  const stored = await storePoints(arena, points, await validatePoints(points, pace), metric, pace);
  if (metric === "cosine" || metric === "correlation") await normaliseStored(stored, metric, pace);
  return stored;
}

function without(rows: Int32Array<ArrayBuffer>, others: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  return rows.filter((row) => !others.includes(row));
}

function countShared(rows: Int32Array, others: Int32Array): number {
  let count = 0;
  for (const row of rows) if (others.includes(row)) count++;
  return count;
}

import type { Matrix } from "../../matrix.ts";
import type { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import { StagedRows } from "../reduce/staged-rows.ts";
import { QueryBlock } from "./query-block.ts";
import { sampleRows } from "./sample-rows.ts";

export interface NeighborRecall {
  /** Share of the true neighbours that were found, 0 to 1. */
  readonly recall: number;
  /** Rows that it was measured on. */
  readonly rows: number;
}

const MOST_SAMPLED = 500;
const FEWEST_SAMPLED = 100;
/** Numbers compared in all, some seconds' worth: of large tables fewer rows are sampled. */
const MOST_WORK = 1e10;
const CHUNK_ROWS = 4096;
/** A row farther than the last true neighbour by no more than this share is as near: single precision can't tell. */
const TIE = 1e-5;

/**
 * How many of the true neighbours a search has found, by comparing up to 500 rows, chosen by chance, with all.
 *
 * @param points The rows in all their columns, which the search need not have seen.
 * @param scale What brings the numbers to where their squares neither overflow nor vanish.
 */
export async function neighborRecall(
  points: Matrix,
  scale: number,
  { k, indices }: NeighborGraph,
  metric: Metric,
  seed: number,
  pace: Pace,
): Promise<NeighborRecall> {
  const { rows, columns } = points;
  const affordable = Math.floor(MOST_WORK / (rows * columns));
  const chosen = sampleRows(rows, Math.min(MOST_SAMPLED, Math.max(FEWEST_SAMPLED, affordable)), seed);
  const arena = await Arena.create();
  const capacity = Math.min(rows, CHUNK_ROWS);
  const queries = new StagedRows(arena, points, metric, scale, chosen.length);
  const part = new StagedRows(arena, points, metric, scale, capacity);
  const { width } = part;
  const block = new QueryBlock(arena, width, capacity, metric, chosen.length);
  const best = arena.allocate(chosen.length * k * 4);
  const nearest = arena.allocate(chosen.length * k * 4);
  arena.floats(best, chosen.length * k).fill(Number.POSITIVE_INFINITY);
  queries.stage(chosen);
  arena.floats(block.query(0), chosen.length * width).set(arena.floats(queries.address, chosen.length * width));

  const found = new Float32Array(chosen.length * k).fill(Number.POSITIVE_INFINITY);
  for (let from = 0; from < rows; from += capacity) {
    const count = Math.min(capacity, rows - from);
    part.stageRange(from, from + count);
    await block.measure(chosen.length, part.address, count, pace);
    for (const [place, row] of chosen.entries()) {
      const distances = block.distances(place);
      if (row >= from && row < from + count) distances[row - from] = Number.POSITIVE_INFINITY;
      for (let slot = 0; slot < k; slot++) {
        const other = (indices[row * k + slot] ?? -1) - from;
        if (other >= 0 && other < count) found[place * k + slot] = distances[other] ?? Number.POSITIVE_INFINITY;
      }
      const list = place * k * 4;
      arena.kernels.keepNearest(block.line(place), 0, count, from, k, best + list, nearest + list);
    }
    await pace.check();
  }
  const limits = arena.floats(best, chosen.length * k);
  let hits = 0;
  for (const [place, distance] of found.entries()) {
    const farthest = limits[Math.floor(place / k) * k + k - 1] ?? 0;
    if (distance <= farthest * (1 + TIE)) hits++;
  }
  return { recall: hits / found.length, rows: chosen.length };
}

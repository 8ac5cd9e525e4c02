import type { Matrix } from "../matrix.ts";
import { callerAlone } from "../runtime/caller-alone.ts";
import { crewSize } from "../runtime/crew-size.ts";
import { Pace } from "../runtime/pace.ts";
import type { FoundNeighbors } from "./backend.ts";
import { chooseBackend } from "./choose-backend.ts";
import { columnsSearched, throwIfTooLarge } from "./memory.ts";
import { takeKnownNeighbors } from "./neighbors/known-neighbors.ts";
import type { UmapOptions } from "./options.ts";
import { reduceFirst } from "./reduce/reduce-first.ts";
import { layOut, neighborsTaken, roundsOf } from "./relayout.ts";
import type { UmapJob, UmapResult } from "./result.ts";
import { StageClock } from "./stage-clock.ts";
import { FEWEST_ROWS, placeFewRows } from "./start/few-rows.ts";
import { spreadOut } from "./start/initial-layout.ts";
import { validateUmapOptions } from "./validate-options.ts";
import { validatePoints } from "./validate-points.ts";

/** Below this the reader is told that neighbours are missing. */
const POOR_RECALL = 0.9;

/**
 * Uniform manifold approximation and projection (McInnes, Healy, Melville, arXiv 1802.03426), with umap-learn's
 * parameters: neighbours, fuzzy graph, layout by gather (`settleLayout` says how it differs).
 *
 * The same input, options and seed give the same bits on every machine. A job aborted before the layout has begun
 * rejects with kind "cancelled"; during it, it resolves with the layout so far (`epoch` below `epochs`), which
 * `job.resume` goes on from.
 *
 * @throws ComputeError "input" for options without meaning or numbers that are not finite, "memory" before more is
 * allocated than there can be.
 */
export async function umap(points: Matrix, options: UmapOptions, job: UmapJob): Promise<UmapResult> {
  const { rows, columns } = points;
  const { nComponents } = options;
  validateUmapOptions(options, rows);
  throwIfTooLarge(rows, columnsSearched(columns, options), options);
  const pace = new Pace(job.signal);
  const clock = new StageClock();
  const summary = await validatePoints(points, pace);
  if (rows < FEWEST_ROWS) return placeFewRows(rows, nComponents);
  const notices: string[] = [];
  const nNeighbors = neighborsTaken(options, rows, notices);
  const keep = Math.min(Math.max(nNeighbors, job.keepNeighbors ?? 0), rows - 1) - 1;
  clock.stop("check");

  const crew = (job.crew ?? callerAlone)(crewSize(options.workers, rows));
  const backend = await chooseBackend(options, rows, keep, crew, notices);
  const known = job.neighbors && takeKnownNeighbors(job.neighbors, rows, nNeighbors - 1, keep);
  const needsStart = job.resume === undefined;
  if (known && !needsStart)
    return layOut(backend, { rows, neighbors: known, recall: 1, scores: null }, options, job, pace, clock, notices);

  const searched = known
    ? { points, summary, metric: options.metric, describe: null }
    : await reduceFirst(points, summary, options, notices, job, pace);
  const { metric } = searched;
  if (searched.describe) clock.stop("reduce");
  const stored = await backend.store(searched.points, searched.summary, { ...options, metric }, pace);
  // What PCA misses is measured on them as well.
  if (!stored.readsAgain && !searched.describe) job.onRowsTaken?.();
  let scores: Float32Array<ArrayBuffer> | null = null;
  let found: FoundNeighbors;
  try {
    if (!known) stored.expectNeighbors?.(keep, metric);
    if (needsStart) {
      scores = await stored.components(nComponents, pace);
      const positions = spreadOut(scores, nComponents, options.seed);
      job.onLayout?.({
        positions,
        epoch: 0,
        epochs: roundsOf(options, rows),
        preview: true,
        backend: { name: backend.name, reason: backend.reason },
      });
      clock.stop("preview");
    }
    found = known ? { graph: known, recall: 1 } : await stored.neighbors(keep, metric, pace, job.onProgress);
    if (!known) clock.stop("neighbors");
  } finally {
    stored.release();
  }
  if (found.recall < POOR_RECALL)
    notices.push(
      `NN-descent has found ${Math.floor(found.recall * 100)} % of the neighbours; neighbor_search="exact" finds all.`,
    );
  const cost = await searched.describe?.(found.graph);
  if (cost) {
    notices.push(cost.notice);
    clock.stop("recall");
  }
  const prepared = { rows, neighbors: found.graph, recall: cost?.recall ?? found.recall, scores };
  return layOut(backend, prepared, options, job, pace, clock, notices);
}

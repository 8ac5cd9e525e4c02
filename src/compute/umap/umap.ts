import { ComputeError, throwIfCancelled } from "../errors.ts";
import type { Matrix } from "../matrix.ts";
import { Pace } from "../runtime/pace.ts";
import { Arena } from "./arena.ts";
import { exactNeighbors } from "./exact-neighbors.ts";
import { FEWEST_ROWS, placeFewRows } from "./few-rows.ts";
import { type FuzzyGraph, pruneGraph, smoothDistances, uniteDirections } from "./fuzzy-graph.ts";
import { initialLayout, spreadOut } from "./initial-layout.ts";
import { takeKnownNeighbors } from "./known-neighbors.ts";
import { settleLayout } from "./layout.ts";
import { throwIfTooLarge, umapMemory } from "./memory.ts";
import type { NeighborGraph, UmapOptions } from "./options.ts";
import { findPieces } from "./pieces.ts";
import { principalComponents } from "./principal-components.ts";
import type { UmapJob, UmapResult } from "./result.ts";
import { normaliseStored, storePoints } from "./stored-points.ts";
import { umapJsLayout } from "./umap-js-layout.ts";
import { validateUmapOptions } from "./validate-options.ts";
import { validatePoints } from "./validate-points.ts";

const FEWEST_ROUNDS_TO_PRUNE_BY = 10;

/**
 * Uniform manifold approximation and projection (McInnes, Healy, Melville, arXiv 1802.03426), with umap-learn's
 * parameters: exact neighbours, fuzzy graph, layout by gather (`settleLayout` says how it differs).
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
  throwIfTooLarge(rows, columns, options);
  const pace = new Pace(job.signal);
  const clock = new Clock();
  const summary = await validatePoints(points, pace);
  if (rows < FEWEST_ROWS) return placeFewRows(rows, nComponents);
  const notices: string[] = [];
  const nNeighbors = Math.min(options.nNeighbors, rows - 1);
  if (nNeighbors < options.nNeighbors)
    notices.push(`n_neighbors is ${nNeighbors}, not ${options.nNeighbors}: there are ${rows} rows.`);
  const usual = rows <= 10_000 ? 500 : 200;
  const epochs = options.nEpochs ?? usual;
  validateResume(job.resume, rows * nComponents, epochs);
  clock.stop("check");

  const known = job.neighbors && takeKnownNeighbors(job.neighbors, rows, nNeighbors - 1);
  const needsStart = job.resume === undefined || options.engine === "umap-js";
  let scores = new Float32Array(rows * nComponents);
  let neighbors = known;
  if (needsStart || !neighbors) {
    const arena = await Arena.create();
    arena.reserve(umapMemory(rows, columns, options));
    const stored = await storePoints(arena, points, summary, options.metric, pace);
    if (needsStart) {
      scores = await principalComponents(stored, nComponents, pace);
      job.onLayout?.({ positions: spreadOut(scores, nComponents, options.seed), epoch: 0, epochs, preview: true });
      clock.stop("preview");
    }
    if (!neighbors) {
      const angular = options.metric === "cosine" || options.metric === "correlation";
      if (angular) await normaliseStored(stored, options.metric, pace);
      const unit = angular ? 1 : summary.scale;
      neighbors = await exactNeighbors(stored, nNeighbors - 1, options.metric, unit, pace, job.onProgress);
      clock.stop("neighbors");
    }
  }

  const full = await fuzzyGraph(neighbors, options, pace);
  const graph = pruneGraph(full, epochs > FEWEST_ROUNDS_TO_PRUNE_BY ? epochs : usual);
  const pieces = findPieces(graph);
  if (pieces.count > 1)
    notices.push(`${pieces.count.toLocaleString("en-US")} separate groups; the distance between them means little.`);
  clock.stop("graph");

  const result = { rows, nComponents, neighbors, pieces: pieces.count, notices, seconds: clock.seconds };
  if (options.engine === "umap-js") {
    if (job.resume) notices.push("umap-js can't go on from a stopped layout; it began again.");
    if (options.init !== "pca" && options.init !== "random")
      notices.push("umap-js starts at random; init was not used.");
    const layout = await umapJsLayout(neighbors, options, job, pace);
    clock.stop("layout");
    return { ...result, ...layout };
  }
  let start = job.resume?.positions;
  if (!start) {
    const initial = await initialLayout(options, scores, graph, pieces, pace);
    if (!initial.settled) notices.push("The spectral layout had not settled; the map starts from how far it came.");
    start = initial.positions;
    clock.stop("start");
  }
  throwIfCancelled(job.signal);
  const layout = await settleLayout(graph, start, job.resume?.epoch ?? 0, epochs, options, job, pace);
  clock.stop("layout");
  return { ...result, ...layout, epochs };
}

/** Neighbours to membership strengths to one symmetric graph. */
async function fuzzyGraph(neighbors: NeighborGraph, options: UmapOptions, pace: Pace): Promise<FuzzyGraph> {
  const { weights } = await smoothDistances(await Arena.create(), neighbors, options.localConnectivity, pace);
  return uniteDirections(neighbors, weights, options.setOpMixRatio, pace);
}

function validateResume(resume: UmapJob["resume"], length: number, epochs: number): void {
  if (!resume) return;
  if (resume.positions.length !== length)
    throw new ComputeError("input", `resume: expected ${length} coordinates, got ${resume.positions.length}`);
  if (!Number.isInteger(resume.epoch) || resume.epoch < 0 || resume.epoch > epochs)
    throw new ComputeError("input", `resume: expected a round from 0 to ${epochs}, got ${resume.epoch}`);
}

/** Wall seconds a stage. */
class Clock {
  readonly seconds: Record<string, number> = {};
  #last = performance.now();

  stop(stage: string): void {
    const now = performance.now();
    this.seconds[stage] = (now - this.#last) / 1000;
    this.#last = now;
  }
}

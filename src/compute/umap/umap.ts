import { ComputeError, throwIfCancelled } from "../errors.ts";
import type { Matrix } from "../matrix.ts";
import { callerAlone } from "../runtime/caller-alone.ts";
import { crewSize } from "../runtime/crew-size.ts";
import { Pace } from "../runtime/pace.ts";
import type { Backend } from "./backend.ts";
import { cpuBackend } from "./cpu-backend.ts";
import { type FuzzyGraph, pruneGraph, uniteDirections } from "./graph/fuzzy-graph.ts";
import { findPieces } from "./graph/pieces.ts";
import { umapJsLayout } from "./layout/umap-js-layout.ts";
import { throwIfTooLarge } from "./memory.ts";
import { takeKnownNeighbors } from "./neighbors/known-neighbors.ts";
import type { NeighborGraph, UmapOptions } from "./options.ts";
import type { UmapJob, UmapResult } from "./result.ts";
import { FEWEST_ROWS, placeFewRows } from "./start/few-rows.ts";
import { initialLayout, spreadOut } from "./start/initial-layout.ts";
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

  const backend = cpuBackend(
    "CPU: the map is computed in WebAssembly.",
    (job.crew ?? callerAlone)(crewSize(options.workers)),
  );
  const known = job.neighbors && takeKnownNeighbors(job.neighbors, rows, nNeighbors - 1);
  const needsStart = job.resume === undefined || options.engine === "umap-js";
  let scores = new Float32Array(rows * nComponents);
  let neighbors = known;
  let recall = 1;
  if (needsStart || !neighbors) {
    const stored = await backend.store(points, summary, options, pace);
    if (needsStart) {
      scores = await stored.components(nComponents, pace);
      job.onLayout?.({ positions: spreadOut(scores, nComponents, options.seed), epoch: 0, epochs, preview: true });
      clock.stop("preview");
    }
    if (!neighbors) {
      const found = await stored.neighbors(nNeighbors - 1, options.metric, pace, job.onProgress);
      neighbors = found.graph;
      recall = found.recall;
      clock.stop("neighbors");
    }
    stored.release();
  }

  const full = await fuzzyGraph(backend, neighbors, options, pace);
  const graph = pruneGraph(full, epochs > FEWEST_ROUNDS_TO_PRUNE_BY ? epochs : usual);
  const groups = findPieces(full).count;
  if (groups > 1)
    notices.push(`${groups.toLocaleString("en-US")} separate groups; the distance between them means little.`);
  clock.stop("graph");

  const result = {
    rows,
    nComponents,
    neighbors,
    pieces: groups,
    recall,
    backend: backend.name,
    notices,
    seconds: clock.seconds,
  };
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
    const initial = await initialLayout(options, scores, graph, pace);
    if (!initial.settled) notices.push("The spectral layout had not settled; the map starts from how far it came.");
    start = initial.positions;
    clock.stop("start");
  }
  throwIfCancelled(job.signal);
  const layout = await backend.settle(graph, start, job.resume?.epoch ?? 0, epochs, options, job, pace);
  clock.stop("layout");
  return { ...result, ...layout, epochs };
}

/** Neighbours to membership strengths to one symmetric graph. */
async function fuzzyGraph(
  backend: Backend,
  neighbors: NeighborGraph,
  options: UmapOptions,
  pace: Pace,
): Promise<FuzzyGraph> {
  const { weights } = await backend.smooth(neighbors, options.localConnectivity, pace);
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

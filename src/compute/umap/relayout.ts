import { ComputeError, throwIfCancelled } from "../errors.ts";
import { callerAlone } from "../runtime/caller-alone.ts";
import { crewSize } from "../runtime/crew-size.ts";
import { Pace } from "../runtime/pace.ts";
import type { Backend } from "./backend.ts";
import { chooseBackend } from "./choose-backend.ts";
import { type FuzzyGraph, pruneGraph } from "./graph/fuzzy-graph.ts";
import { findPieces } from "./graph/pieces.ts";
import { uniteDirections } from "./graph/unite-directions.ts";
import { settleLive } from "./layout/settle-live.ts";
import { umapJsLayout } from "./layout/umap-js-layout.ts";
import { truncateNeighbors } from "./neighbors/known-neighbors.ts";
import type { NeighborGraph, UmapOptions } from "./options.ts";
import type { UmapJob, UmapResult } from "./result.ts";
import { StageClock } from "./stage-clock.ts";
import { initialLayout } from "./start/initial-layout.ts";
import { validateUmapOptions } from "./validate-options.ts";

const FEWEST_ROUNDS_TO_PRUNE_BY = 10;
const FEW_ROWS = 10_000;

/** What a map is laid out from; that of a finished map stands in its result. */
export interface Prepared {
  readonly rows: number;
  /** At least `nNeighbors - 1` a row; more are left out. */
  readonly neighbors: NeighborGraph;
  readonly recall: number;
  /** Scores on the principal components, `rows * nComponents`; null where a stopped layout is gone on with. */
  readonly scores: Float32Array<ArrayBuffer> | null;
}

/** Rounds of the layout: as asked for, else umap-learn's 500 up to 10,000 rows and 200 above. */
export function roundsOf(options: Pick<UmapOptions, "nEpochs">, rows: number): number {
  return options.nEpochs ?? usualRounds(rows);
}

/** Neighbours of a row, itself counted: as asked for, or as many as there are, which is a notice. */
export function neighborsTaken(options: Pick<UmapOptions, "nNeighbors">, rows: number, notices: string[]): number {
  const taken = Math.min(options.nNeighbors, rows - 1);
  if (taken < options.nNeighbors)
    notices.push(`n_neighbors is ${taken}, not ${options.nNeighbors}: there are ${rows} rows.`);
  return taken;
}

/**
 * Lay a map out again with other parameters, its neighbours known: no rows are needed, and the map has the bits of one
 * computed whole with these parameters. Where neighbours were searched by chance, by NN-descent or after `pca`, that is
 * so for the same seed alone.
 *
 * @throws ComputeError "input" for options without meaning, for fewer neighbours than `nNeighbors` asks for, and for a
 * start without scores.
 */
export async function relayout(prepared: Prepared, options: UmapOptions, job: UmapJob): Promise<UmapResult> {
  validateUmapOptions(options, prepared.rows);
  const crew = (job.crew ?? callerAlone)(crewSize(options.workers, prepared.rows));
  const notices: string[] = [];
  neighborsTaken(options, prepared.rows, notices);
  const backend = await chooseBackend(options, prepared.rows, 0, crew, notices);
  return layOut(backend, prepared, options, job, new Pace(job.signal), new StageClock(), notices);
}

/** From neighbours to a map: strengths, graph, start, rounds. */
export async function layOut(
  backend: Backend,
  prepared: Prepared,
  options: UmapOptions,
  job: UmapJob,
  pace: Pace,
  clock: StageClock,
  notices: string[],
): Promise<UmapResult> {
  const { rows, recall, scores } = prepared;
  const { nComponents } = options;
  const epochs = roundsOf(options, rows);
  validateResume(job.resume, rows * nComponents, epochs);
  const neighbors = truncateNeighbors(prepared.neighbors, Math.min(options.nNeighbors, rows - 1) - 1);
  const full = await fuzzyGraph(backend, neighbors, options, pace);
  const prune = (whole: FuzzyGraph) =>
    pruneGraph(whole, epochs > FEWEST_ROUNDS_TO_PRUNE_BY ? epochs : usualRounds(rows));
  const graph = prune(full);
  const groups = findPieces(full).count;
  if (groups > 1)
    notices.push(`${groups.toLocaleString("en-US")} separate groups; the distance between them means little.`);
  clock.stop("graph");

  const result = {
    rows,
    nComponents,
    neighbors: prepared.neighbors,
    scores,
    pieces: groups,
    recall,
    notices,
    seconds: clock.seconds,
  };
  // Asked for when all is done: a GPU may have failed on the way.
  const computedBy = () => ({ backend: backend.name, backendReason: backend.reason });
  if (options.engine === "umap-js") {
    if (job.resume) notices.push("umap-js can't go on from a stopped layout; it began again.");
    if (options.init !== "pca" && options.init !== "random")
      notices.push("umap-js starts at random; init was not used.");
    const layout = await umapJsLayout(neighbors, options, job, pace);
    clock.stop("layout");
    return { ...result, ...layout, ...computedBy() };
  }
  let start = job.resume?.positions;
  if (!start) {
    if (scores?.length !== rows * nComponents)
      throw new ComputeError(
        "input",
        `scores: expected ${rows} × ${nComponents} numbers, got ${scores?.length ?? 0}.`,
        "Compute the map again.",
      );
    const initial = await initialLayout(options, scores, graph, pace);
    if (!initial.settled) notices.push("The spectral layout had not settled; the map starts from how far it came.");
    start = initial.positions;
    clock.stop("start");
  }
  throwIfCancelled(job.signal);
  const graphFor = async (live: UmapOptions) => {
    const others = Math.min(live.nNeighbors - 1, prepared.neighbors.k);
    return prune(await fuzzyGraph(backend, truncateNeighbors(prepared.neighbors, others), live, pace));
  };
  const first = job.resume?.epoch ?? 0;
  const layout = await settleLive(backend, graph, start, first, epochs, options, job, pace, graphFor);
  clock.stop("layout");
  return { ...result, ...layout, epochs, ...computedBy() };
}

function usualRounds(rows: number): number {
  return rows <= FEW_ROWS ? 500 : 200;
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

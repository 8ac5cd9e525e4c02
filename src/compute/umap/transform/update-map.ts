import { ComputeError } from "../../errors.ts";
import type { Matrix } from "../../matrix.ts";
import { callerAlone } from "../../runtime/caller-alone.ts";
import { crewSize } from "../../runtime/crew-size.ts";
import { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import { cpuBackend } from "../cpu-backend.ts";
import { pruneGraph } from "../graph/fuzzy-graph.ts";
import { settleLive } from "../layout/settle-live.ts";
import { takeKnownNeighbors, truncateNeighbors } from "../neighbors/known-neighbors.ts";
import type { NeighborGraph, UmapOptions } from "../options.ts";
import { roundsOf } from "../relayout.ts";
import type { UmapJob } from "../result.ts";
import { normaliseStored, storePoints } from "../stored-points.ts";
import { validateUmapOptions } from "../validate-options.ts";
import { validatePoints } from "../validate-points.ts";
import { graphOfAdded } from "./added-graph.ts";
import { neighborsOfAdded } from "./added-neighbors.ts";
import { type FinishedMap, throwUnlessFinished } from "./fitted-map.ts";
import { JoinedNeighbors } from "./joined-neighbors.ts";
import { QuerySearch } from "./query-search.ts";
import { weightedStart } from "./weighted-start.ts";

export interface UpdatedMap {
  /** First the old rows, with the bits they had, then the added ones: `rows * nComponents` numbers. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly rows: number;
  /** Rounds done; less than `epochs` when the layout was cancelled half way. */
  readonly epoch: number;
  readonly epochs: number;
  /** Of all rows, as a search among them would give, where `job.neighbors` served; null where one is needed for that. */
  readonly neighbors: NeighborGraph | null;
}

/**
 * Add rows to a finished map. The old ones stay where they are, to the bit; the new ones start at the mean of their
 * nearest old rows and then settle together, each drawn to its nearest rows among the old *and* the new ones. So new
 * rows that are like no old one form a group of their own, which `transform` can't give; for the same reason an
 * answer depends on which rows were added together. Rows are compared exactly and in all columns, however the map
 * was made.
 *
 * @throws ComputeError "input" for another number of columns, a map of fewer than 4 rows or numbers that are not
 * finite, "memory", "cancelled" before the layout has begun.
 */
export async function updateMap(map: FinishedMap, added: Matrix, job: UmapJob = {}): Promise<UpdatedMap> {
  const { points, positions, options } = map;
  const { nComponents, metric } = options;
  const { columns } = points;
  // Without the rows: an array that the map began with had a place for those it had then.
  validateUmapOptions(options);
  throwUnlessFinished(points, positions, nComponents);
  if (added.columns !== columns)
    throw new ComputeError(
      "input",
      `rows: expected ${columns} columns as in the map, got ${added.columns}.`,
      "Pass rows like those of the map.",
    );
  const rows = points.rows + added.rows;
  const epochs = roundsOf(options, added.rows);
  if (added.rows === 0) return { positions: positions.slice(), rows, epoch: epochs, epochs, neighbors: null };

  const pace = new Pace(job.signal);
  await validatePoints(added, pace);
  const all: Matrix = { data: new Float32Array(rows * columns), rows, columns };
  all.data.set(points.data);
  all.data.set(added.data, points.data.length);
  const summary = await validatePoints(all, pace);
  const arena = await Arena.create();
  const stored = await storePoints(arena, all, summary, metric, pace);
  if (metric === "cosine" || metric === "correlation") await normaliseStored(stored, metric, pace);

  const before = new QuerySearch(
    { ...stored, rows: points.rows },
    Math.min(options.nNeighbors, points.rows),
    metric,
    summary.scale,
  );
  const weightsAt = arena.allocate(before.k * 4);
  const start = new Float32Array(rows * nComponents);
  start.set(positions);
  await before.search(added, pace, (row, { indices, distancesAt }) => {
    arena.kernels.smoothQuery(distancesAt, before.k, options.localConnectivity, weightsAt);
    const weights = arena.floats(weightsAt, before.k);
    const place = weightedStart(
      indices,
      weights,
      nComponents,
      (near, axis) => positions[near * nComponents + axis] ?? 0,
    );
    start.set(place, (points.rows + row) * nComponents);
  });
  const needed = Math.min(options.nNeighbors, rows - 1) - 1;
  const kept = Math.max(needed, Math.min(job.keepNeighbors ?? 0, rows - 1) - 1);
  // Scaled rows may have been scaled otherwise when the map was made, and lose other bits.
  const serves = job.neighbors !== undefined && job.neighbors.k >= kept && summary.scale === 1;
  const joined =
    job.neighbors && serves
      ? new JoinedNeighbors(stored, takeKnownNeighbors(job.neighbors, points.rows, kept), metric)
      : null;
  const found = await neighborsOfAdded(
    stored,
    points.rows,
    added,
    joined ? kept : needed,
    metric,
    summary.scale,
    pace,
    job.onProgress,
    joined,
  );
  const backend = cpuBackend(
    "CPU: the map is computed in WebAssembly.",
    (job.crew ?? callerAlone)(crewSize(options.workers, rows)),
  );
  const graphFor = async ({ nNeighbors, localConnectivity, setOpMixRatio }: UmapOptions) => {
    const near = truncateNeighbors(found, Math.min(nNeighbors - 1, found.k));
    const { weights } = await backend.smooth(near, localConnectivity, pace);
    return pruneGraph(graphOfAdded(near, weights, points.rows, setOpMixRatio), Math.max(1, epochs));
  };
  // Where the map began does not matter any more, and may be an array of another length.
  const own = { ...options, init: "pca" } as const;
  const settled = await settleLive(backend, await graphFor(own), start, 0, epochs, own, job, pace, graphFor);
  // Rows without entries are not moved; but adding nothing to -0 gives 0.
  settled.positions.set(positions);
  const { epoch } = settled;
  return { positions: settled.positions, rows, epoch, epochs, neighbors: joined?.join(found) ?? null };
}

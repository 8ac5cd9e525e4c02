import { ComputeError } from "../../errors.ts";
import type { Matrix } from "../../matrix.ts";
import { callerAlone } from "../../runtime/caller-alone.ts";
import { crewSize } from "../../runtime/crew-size.ts";
import { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import { cpuBackend } from "../cpu-backend.ts";
import { pruneGraph } from "../graph/fuzzy-graph.ts";
import { roundsOf } from "../relayout.ts";
import type { UmapJob } from "../result.ts";
import { normaliseStored, storePoints } from "../stored-points.ts";
import { validateUmapOptions } from "../validate-options.ts";
import { validatePoints } from "../validate-points.ts";
import { graphOfAdded } from "./added-graph.ts";
import { neighborsOfAdded } from "./added-neighbors.ts";
import { type FinishedMap, throwUnlessFinished } from "./fitted-map.ts";
import { QuerySearch } from "./query-search.ts";
import { weightedStart } from "./weighted-start.ts";

export interface UpdatedMap {
  /** First the old rows, with the bits they had, then the added ones: `rows * nComponents` numbers. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly rows: number;
  /** Rounds done; less than `epochs` when the layout was cancelled half way. */
  readonly epoch: number;
  readonly epochs: number;
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
  if (added.rows === 0) return { positions: positions.slice(), rows, epoch: epochs, epochs };

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
  const k = Math.min(options.nNeighbors, rows - 1) - 1;
  const neighbors = await neighborsOfAdded(stored, points.rows, added, k, metric, summary.scale, pace, job.onProgress);
  const backend = cpuBackend(
    "CPU: the map is computed in WebAssembly.",
    (job.crew ?? callerAlone)(crewSize(options.workers, rows)),
  );
  const { weights } = await backend.smooth(neighbors, options.localConnectivity, pace);
  const graph = pruneGraph(graphOfAdded(neighbors, weights, points.rows, options.setOpMixRatio), Math.max(1, epochs));
  const settled = await backend.settle(graph, start, 0, epochs, options, job, pace);
  // Rows without entries are not moved; but adding nothing to -0 gives 0.
  settled.positions.set(positions);
  return { positions: settled.positions, rows, epoch: settled.epoch, epochs };
}

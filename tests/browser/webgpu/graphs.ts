import type { Matrix } from "../../../src/compute/matrix.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import { cpuBackend } from "../../../src/compute/umap/cpu-backend.ts";
import { type FuzzyGraph, pruneGraph } from "../../../src/compute/umap/graph/fuzzy-graph.ts";
import { uniteDirections } from "../../../src/compute/umap/graph/unite-directions.ts";
import type { NeighborGraph } from "../../../src/compute/umap/options.ts";
import { umapDefaults } from "../../../src/compute/umap/options.ts";
import { spreadOut } from "../../../src/compute/umap/start/initial-layout.ts";
import { validatePoints } from "../../../src/compute/umap/validate-points.ts";

const pace = new Pace(undefined);
const backend = cpuBackend("", callerAlone(1));

/** The graph that the layout of these rows works on. */
export async function graphOf(points: Matrix, rounds: number): Promise<FuzzyGraph> {
  const summary = await validatePoints(points, pace);
  const stored = await backend.store(points, summary, umapDefaults, pace);
  const { graph } = await stored.neighbors(umapDefaults.nNeighbors - 1, "euclidean", pace);
  return fuzzyGraphOf(graph, rounds);
}

/** Where their rows stand before the first round. */
export async function startOf(points: Matrix): Promise<Float32Array<ArrayBuffer>> {
  const summary = await validatePoints(points, pace);
  const stored = await backend.store(points, summary, umapDefaults, pace);
  return spreadOut(await stored.components(2, pace), 2, umapDefaults.seed);
}

async function fuzzyGraphOf(neighbors: NeighborGraph, rounds: number): Promise<FuzzyGraph> {
  const { weights } = await backend.smooth(neighbors, 1, pace);
  return pruneGraph(await uniteDirections(neighbors, weights, 1, pace), rounds);
}

/** Every row joined to row 0 and to the next one, with weights from 0.1 to 1: row 0 has `rows - 1` entries. */
export function hubGraph(rows: number): FuzzyGraph {
  const weight = (a: number, b: number) => 0.1 + (0.9 * ((a * 7 + b * 13) % 101)) / 100;
  const lists = Array.from({ length: rows }, (_, row) => {
    if (row === 0) return Array.from({ length: rows - 1 }, (_, place) => place + 1);
    return [0, row - 1, row + 1].filter((other, place, all) => other < rows && all.indexOf(other) === place);
  });
  const starts = Int32Array.from({ length: rows + 1 }, () => 0);
  for (const [row, list] of lists.entries()) starts[row + 1] = (starts[row] ?? 0) + list.length;
  return {
    rows,
    starts,
    columns: Int32Array.from(lists.flat()),
    weights: Float32Array.from(
      lists.flatMap((list, row) => list.map((other) => weight(Math.min(row, other), Math.max(row, other)))),
    ),
  };
}

import type { Pace } from "../../runtime/pace.ts";
import type { Arena } from "../arena.ts";
import type { NeighborGraph } from "../options.ts";

/** A symmetric weighted graph, row after row (CSR): the entries of row i are `starts[i]` to `starts[i + 1] - 1`. */
export interface FuzzyGraph {
  readonly rows: number;
  readonly starts: Int32Array;
  /** Ascending in each row. */
  readonly columns: Int32Array;
  /** Membership strengths above 0, at most 1. */
  readonly weights: Float32Array;
}

/** What `smoothDistances` gives; `weights` has the shape of the neighbours. */
export interface Memberships {
  readonly rhos: Float32Array;
  readonly sigmas: Float32Array;
  readonly weights: Float32Array;
}

const CHUNK = 4096;

/**
 * umap-learn's smooth_knn_dist and compute_membership_strengths for every row.
 *
 * @param neighbors Of all rows, or of some with the `mean` of all.
 * @param brackets How far the bisection for each row's scale has come elsewhere, four numbers a row (kernels/smooth.ts).
 */
export async function smoothDistances(
  arena: Arena,
  neighbors: Pick<NeighborGraph, "k" | "distances">,
  localConnectivity: number,
  pace: Pace,
  brackets?: Float32Array<ArrayBuffer>,
  mean = meanDistance(neighbors),
): Promise<Memberships> {
  const { k, distances } = neighbors;
  const rows = distances.length / k;
  const input = arena.allocate(distances.length * 4);
  const rhos = arena.allocate(rows * 4);
  const sigmas = arena.allocate(rows * 4);
  const weights = arena.allocate(distances.length * 4);
  const bracketsAt = brackets ? arena.allocate(brackets.byteLength) : 0;
  arena.floats(input, distances.length).set(distances);
  if (brackets) arena.floats(bracketsAt, brackets.length).set(brackets);
  for (let from = 0; from < rows; from += CHUNK) {
    const to = Math.min(rows, from + CHUNK);
    arena.kernels.smoothRows(input, k, from, to, localConnectivity, mean, bracketsAt, rhos, sigmas, weights);
    await pace.check();
  }
  return {
    rhos: arena.floats(rhos, rows).slice(),
    sigmas: arena.floats(sigmas, rows).slice(),
    weights: arena.floats(weights, distances.length).slice(),
  };
}

/** The mean of all distances, each row itself counted, at distance 0, as umap-learn does. */
export function meanDistance({ k, distances }: Pick<NeighborGraph, "k" | "distances">): number {
  let sum = 0;
  for (const distance of distances) sum += distance;
  return sum / ((distances.length / k) * (k + 1));
}

/** The graph without the entries too weak to come up once in so many rounds. */
export function pruneGraph({ rows, starts, columns, weights }: FuzzyGraph, rounds: number): FuzzyGraph {
  const least = strongestOf(weights) / rounds;
  const keptStarts = new Int32Array(rows + 1);
  const keptColumns = new Int32Array(columns.length);
  const keptWeights = new Float32Array(weights.length);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    for (let place = starts[row] ?? 0; place < (starts[row + 1] ?? 0); place++) {
      const weight = weights[place] ?? 0;
      if (weight < least) continue;
      keptColumns[end] = columns[place] ?? 0;
      keptWeights[end++] = weight;
    }
    keptStarts[row + 1] = end;
  }
  return { rows, starts: keptStarts, columns: keptColumns.subarray(0, end), weights: keptWeights.subarray(0, end) };
}

export function strongestOf(weights: Float32Array): number {
  let strongest = 0;
  for (const weight of weights) if (weight > strongest) strongest = weight;
  return strongest;
}

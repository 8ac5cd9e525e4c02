import type { Pace } from "../../runtime/pace.ts";
import type { Arena } from "../arena.ts";
import type { NeighborGraph, UmapOptions } from "../options.ts";

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
 * @param brackets How far the bisection for each row's scale has come elsewhere, four numbers a row (kernels/smooth.ts).
 */
export async function smoothDistances(
  arena: Arena,
  neighbors: NeighborGraph,
  localConnectivity: number,
  pace: Pace,
  brackets?: Float32Array<ArrayBuffer>,
): Promise<Memberships> {
  const { k, distances } = neighbors;
  const rows = distances.length / k;
  let sum = 0;
  for (const distance of distances) sum += distance;
  const input = arena.allocate(distances.length * 4);
  const rhos = arena.allocate(rows * 4);
  const sigmas = arena.allocate(rows * 4);
  const weights = arena.allocate(distances.length * 4);
  const bracketsAt = brackets ? arena.allocate(brackets.byteLength) : 0;
  arena.floats(input, distances.length).set(distances);
  if (brackets) arena.floats(bracketsAt, brackets.length).set(brackets);
  // The mean counts each row itself, at distance 0, as umap-learn's does.
  const mean = sum / (rows * (k + 1));
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

/**
 * Both directions of every pair made one: `mix (a + b - ab) + (1 - mix) ab`, the fuzzy union for `mix` = 1 and the
 * intersection for 0.
 */
export async function uniteDirections(
  { k, indices }: NeighborGraph,
  weights: Float32Array,
  mix: UmapOptions["setOpMixRatio"],
  pace: Pace,
): Promise<FuzzyGraph> {
  const rows = indices.length / k;
  const backStarts = new Int32Array(rows + 1);
  for (const column of indices) backStarts[column + 1] = (backStarts[column + 1] ?? 0) + 1;
  for (let row = 0; row < rows; row++) backStarts[row + 1] = (backStarts[row + 1] ?? 0) + (backStarts[row] ?? 0);
  const backColumns = new Int32Array(indices.length);
  const backWeights = new Float32Array(indices.length);
  const next = backStarts.slice();
  for (let place = 0; place < indices.length; place++) {
    const column = indices[place] ?? 0;
    const to = next[column] ?? 0;
    backColumns[to] = Math.floor(place / k);
    backWeights[to] = weights[place] ?? 0;
    next[column] = to + 1;
  }
  await pace.check();

  const starts = new Int32Array(rows + 1);
  const columns = new Int32Array(2 * indices.length);
  const united = new Float32Array(2 * indices.length);
  const order = new Int32Array(k);
  let end = 0;
  const add = (column: number, there: number, back: number) => {
    const weight = mix * (there + back - there * back) + (1 - mix) * there * back;
    if (!(weight > 0)) return;
    columns[end] = column;
    united[end++] = weight;
  };
  for (let row = 0; row < rows; row++) {
    sortPlaces(indices, row * k, order);
    let back = backStarts[row] ?? 0;
    const backEnd = backStarts[row + 1] ?? 0;
    for (const place of order) {
      const column = indices[place] ?? 0;
      for (; back < backEnd && (backColumns[back] ?? 0) < column; back++)
        add(backColumns[back] ?? 0, 0, backWeights[back] ?? 0);
      const met = back < backEnd && backColumns[back] === column;
      add(column, weights[place] ?? 0, met ? (backWeights[back++] ?? 0) : 0);
    }
    for (; back < backEnd; back++) add(backColumns[back] ?? 0, 0, backWeights[back] ?? 0);
    starts[row + 1] = end;
    if (row % CHUNK === 0) await pace.check();
  }
  return { rows, starts, columns: columns.subarray(0, end), weights: united.subarray(0, end) };
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

/** The places of one row, by the row they name: insertion, for they are few. */
function sortPlaces(indices: Int32Array, from: number, order: Int32Array): void {
  for (let place = 0; place < order.length; place++) {
    let slot = place;
    while (slot > 0 && (indices[order[slot - 1] ?? 0] ?? 0) > (indices[from + place] ?? 0)) {
      order[slot] = order[slot - 1] ?? 0;
      slot--;
    }
    order[slot] = from + place;
  }
}

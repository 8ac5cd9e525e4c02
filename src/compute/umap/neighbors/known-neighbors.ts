import { ComputeError } from "../../errors.ts";
import type { NeighborGraph } from "../options.ts";

/**
 * Neighbours that the caller knows already, cut to the nearest others of each row: `k`, or as many as all rows have, up
 * to `most`. A row may name itself, as umap-learn's `precomputed_knn` does; that place is passed over.
 *
 * @throws ComputeError "input" where the first `k` others of a row are too few, no rows, or not sorted.
 */
export function takeKnownNeighbors(known: NeighborGraph, rows: number, k: number, most = k): NeighborGraph {
  const { indices, distances } = known;
  if (indices.length !== rows * known.k || distances.length !== rows * known.k)
    throw new ComputeError(
      "input",
      `precomputed_knn: expected ${rows} × ${known.k} indices and distances, got ${indices.length} and ${distances.length}.`,
      "Pass two arrays of n × k, for these rows.",
    );
  let fewest = Math.max(k, Math.min(most, known.k));
  const stride = fewest;
  const kept = { k: stride, indices: new Int32Array(rows * stride), distances: new Float32Array(rows * stride) };
  for (let row = 0; row < rows; row++) {
    let found = 0;
    let farthest = 0;
    for (let place = row * known.k; place < (row + 1) * known.k && found < fewest; place++) {
      const other = indices[place] ?? -1;
      const distance = distances[place] ?? Number.NaN;
      if (other === row) continue;
      const isRow = other >= 0 && other < rows && distance >= 0 && distance !== Number.POSITIVE_INFINITY;
      if (!isRow && found < k)
        throw new ComputeError(
          "input",
          `precomputed_knn: row ${row} names row ${other} at distance ${distance}.`,
          `Rows are 0 to ${rows - 1}, distances finite and not negative.`,
        );
      if (distance < farthest && found < k)
        throw new ComputeError(
          "input",
          `precomputed_knn: the neighbours of row ${row} are not sorted.`,
          "Sort them by distance, nearest first.",
        );
      // What the map does not need, and is no neighbour, is where the list ends.
      if (!isRow || distance < farthest) break;
      kept.indices[row * stride + found] = other;
      kept.distances[row * stride + found] = distance;
      farthest = distance;
      found++;
    }
    if (found < k)
      throw new ComputeError(
        "input",
        `precomputed_knn: expected ${k} others of row ${row}, got ${found}.`,
        `Pass more neighbours, or n_neighbors=${found + 1}.`,
      );
    fewest = Math.min(fewest, found);
  }
  return truncateNeighbors(kept, fewest);
}

/** The nearest `k` of each row. */
export function truncateNeighbors(kept: NeighborGraph, k: number): NeighborGraph {
  if (kept.k === k) return kept;
  if (kept.k < k)
    throw new ComputeError(
      "input",
      `n_neighbors: expected at most ${kept.k + 1}, got ${k + 1}.`,
      "Compute the map again.",
    );
  const rows = kept.indices.length / kept.k;
  const nearest: NeighborGraph = { k, indices: new Int32Array(rows * k), distances: new Float32Array(rows * k) };
  for (let row = 0; row < rows; row++) {
    nearest.indices.set(kept.indices.subarray(row * kept.k, row * kept.k + k), row * k);
    nearest.distances.set(kept.distances.subarray(row * kept.k, row * kept.k + k), row * k);
  }
  return nearest;
}

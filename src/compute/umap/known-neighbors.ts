import { ComputeError } from "../errors.ts";
import type { NeighborGraph } from "./options.ts";

/**
 * Neighbours that the caller knows already, cut to the `k` nearest others of each row. A row may name itself, as
 * umap-learn's `precomputed_knn` does; that place is passed over.
 */
export function takeKnownNeighbors(known: NeighborGraph, rows: number, k: number): NeighborGraph {
  const { indices, distances } = known;
  if (indices.length !== rows * known.k || distances.length !== rows * known.k)
    throw new ComputeError(
      "input",
      `neighbors: expected ${rows} × ${known.k} indices and distances, got ${indices.length} and ${distances.length}`,
    );
  const kept: NeighborGraph = { k, indices: new Int32Array(rows * k), distances: new Float32Array(rows * k) };
  for (let row = 0; row < rows; row++) {
    let found = 0;
    for (let place = row * known.k; place < (row + 1) * known.k && found < k; place++) {
      const other = indices[place] ?? -1;
      const distance = distances[place] ?? Number.NaN;
      if (other === row) continue;
      if (other < 0 || other >= rows || !(distance >= 0) || distance === Number.POSITIVE_INFINITY)
        throw new ComputeError("input", `neighbors: row ${row} names row ${other} at distance ${distance}`);
      kept.indices[row * k + found] = other;
      kept.distances[row * k + found] = distance;
      found++;
    }
    if (found < k) throw new ComputeError("input", `neighbors: expected ${k} others of row ${row}, got ${found}`);
  }
  return kept;
}

import type { Matrix } from "../../matrix.ts";

/**
 * How far the nearest rows of the layout are true neighbours, 0 to 1 (Venna and Kaski 2001; scikit-learn's
 * `trustworthiness`). Exact: every pair of rows is compared.
 *
 * @param positions The layout, `rows * nComponents` numbers.
 * @param k Neighbours looked at, below half the rows.
 */
export function trustworthiness(points: Matrix, positions: Float32Array, k: number): number {
  const { rows } = points;
  const layout = layoutMatrix(points, positions);
  let penalty = 0;
  const before = new Float64Array(rows);
  const after = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    squaredDistances(points, row, before);
    squaredDistances(layout, row, after);
    for (const near of nearestOf(after, k)) {
      const distance = before[near] ?? 0;
      let rank = 1;
      for (let other = 0; other < rows; other++) {
        const each = before[other] ?? 0;
        if (each < distance || (each === distance && other < near)) rank++;
      }
      penalty += Math.max(0, rank - k);
    }
  }
  return 1 - (2 / (rows * k * (2 * rows - 3 * k - 1))) * penalty;
}

/** Share of the `k` nearest rows that are still among the `k` nearest in the layout, mean over all rows. */
export function neighborPreservation(points: Matrix, positions: Float32Array, k: number): number {
  const { rows } = points;
  const layout = layoutMatrix(points, positions);
  const distances = new Float64Array(rows);
  let shared = 0;
  for (let row = 0; row < rows; row++) {
    squaredDistances(points, row, distances);
    const before = new Set(nearestOf(distances, k));
    squaredDistances(layout, row, distances);
    for (const near of nearestOf(distances, k)) if (before.has(near)) shared++;
  }
  return shared / (rows * k);
}

function layoutMatrix({ rows }: Matrix, positions: Float32Array): Matrix {
  return { data: Float32Array.from(positions), rows, columns: positions.length / rows };
}

/** From one row to all; to itself infinite, for no row is its own neighbour. */
function squaredDistances({ data, rows, columns }: Matrix, row: number, distances: Float64Array): void {
  for (let other = 0; other < rows; other++) {
    let sum = 0;
    for (let t = 0; t < columns; t++) {
      const difference = (data[row * columns + t] ?? 0) - (data[other * columns + t] ?? 0);
      sum += difference * difference;
    }
    distances[other] = sum;
  }
  distances[row] = Number.POSITIVE_INFINITY;
}

/** Places of the `k` smallest, equals by place. */
function nearestOf(distances: Float64Array, k: number): readonly number[] {
  const nearest: number[] = [];
  for (let place = 0; place < distances.length; place++) {
    const distance = distances[place] ?? 0;
    if (nearest.length === k && distance >= (distances[nearest[k - 1] ?? 0] ?? 0)) continue;
    let slot = nearest.length;
    while (slot > 0 && (distances[nearest[slot - 1] ?? 0] ?? 0) > distance) slot--;
    nearest.splice(slot, 0, place);
    if (nearest.length > k) nearest.pop();
  }
  return nearest;
}

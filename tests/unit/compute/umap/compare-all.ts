import type { Matrix } from "../../../../src/compute/matrix.ts";
import type { Metric } from "../../../../src/compute/umap/options.ts";

/** The k nearest others of a row by comparing with all in double precision; equals by row number. */
export function nearestByComparing(points: Matrix, row: number, k: number, metric: Metric) {
  const own = rowOf(points, row);
  const all = Array.from({ length: points.rows }, (_, other) => ({
    row: other,
    distance: measure(own, rowOf(points, other), metric),
  })).filter((each) => each.row !== row);
  all.sort((a, b) => a.distance - b.distance || a.row - b.row);
  return all.slice(0, k);
}

function rowOf({ data, columns }: Matrix, row: number): Float64Array {
  return Float64Array.from(data.subarray(row * columns, (row + 1) * columns));
}

function measure(a: Float64Array, b: Float64Array, metric: Metric): number {
  if (metric === "correlation") return measure(withoutMean(a), withoutMean(b), "cosine");
  let [ab, aa, bb, squares, absolutes] = [0, 0, 0, 0, 0];
  for (let t = 0; t < a.length; t++) {
    const x = a[t] ?? 0;
    const y = b[t] ?? 0;
    ab += x * y;
    aa += x * x;
    bb += y * y;
    squares += (x - y) ** 2;
    absolutes += Math.abs(x - y);
  }
  if (metric === "euclidean") return Math.sqrt(squares);
  if (metric === "manhattan") return absolutes;
  if (aa === 0 || bb === 0) return aa === bb ? 0 : 1;
  return 1 - ab / Math.sqrt(aa * bb);
}

function withoutMean(a: Float64Array): Float64Array {
  const mean = a.reduce((sum, value) => sum + value, 0) / a.length;
  return a.map((value) => value - mean);
}

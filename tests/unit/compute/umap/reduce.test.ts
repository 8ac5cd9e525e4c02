import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { Pace } from "../../../../src/compute/runtime/pace.ts";
import { neighborRecall } from "../../../../src/compute/umap/neighbors/neighbor-recall.ts";
import type { Metric } from "../../../../src/compute/umap/options.ts";
import { reduceColumns } from "../../../../src/compute/umap/reduce/reduce-columns.ts";
import { validatePoints } from "../../../../src/compute/umap/validate-points.ts";
import { clusteredRows, normal } from "../random.ts";
import { digits } from "./digits.ts";
import { findNeighbors } from "./find-neighbors.ts";

/** What scikit-learn says (tests/reference/make-pca-goldens.py). */
const golden = JSON.parse(readFileSync(new URL("../../../reference/umap-pca.json", import.meta.url)).toString()) as {
  readonly variances: readonly number[];
  readonly scores: readonly { readonly row: number; readonly scores: readonly number[] }[];
};
const pace = new Pace(undefined);
const reduce = async (points: Matrix, count: number, metric: Metric = "euclidean", seed = 42) =>
  reduceColumns(points, await validatePoints(points, pace), count, metric, seed, pace);
const recallOf = async (points: Matrix, reduced: { points: Matrix; metric: Metric }, metric: Metric, k = 10) => {
  const { scale } = await validatePoints(points, pace);
  return neighborRecall(points, scale, await findNeighbors(reduced.points, k, reduced.metric), metric, 1, pace);
};

/** Rows of 30 columns that vary in 5 directions alone. */
function flatRows(rows: number, offset = 0): Matrix {
  const next = normal(8);
  const axes = Float64Array.from({ length: 5 * 30 }, () => next());
  const data = new Float32Array(rows * 30).fill(offset);
  for (let row = 0; row < rows; row++)
    for (let axis = 0; axis < 5; axis++) {
      const value = next() * (axis + 1);
      for (let column = 0; column < 30; column++)
        data[row * 30 + column] = (data[row * 30 + column] ?? 0) + value * (axes[axis * 30 + column] ?? 0);
    }
  return { data, rows, columns: 30 };
}

describe("columns reduced to principal components", () => {
  it("have scikit-learn's variances and scores, up to the sign of a component", async () => {
    const { points, metric } = await reduce(digits, 20);
    expect(metric).toBe("euclidean");
    expect([points.rows, points.columns]).toEqual([1797, 20]);
    for (const [component, expected] of golden.variances.entries()) {
      let squares = 0;
      for (let row = 0; row < points.rows; row++) squares += (points.data[row * 20 + component] ?? 0) ** 2;
      expect(Math.abs(squares / (points.rows - 1) / expected - 1)).toBeLessThan(component < 10 ? 1e-3 : 0.02);
    }
    for (const { row, scores } of golden.scores)
      for (const [component, expected] of scores.entries())
        expect(Math.abs(Math.abs(points.data[row * 20 + component] ?? 0) - Math.abs(expected))).toBeLessThan(0.05);
  });

  it("keep all distances when the rows vary in no more directions", async () => {
    const points = flatRows(400, 50);
    const reduced = await reduce(points, 5);
    const before = await findNeighbors(points, 10, "euclidean");
    const after = await findNeighbors(reduced.points, 10, "euclidean");
    for (const [place, distance] of before.distances.entries())
      expect(Math.abs((after.distances[place] ?? 0) / distance - 1)).toBeLessThan(1e-3);
    expect((await recallOf(points, reduced, "euclidean")).recall).toBeGreaterThan(0.995);
  });

  it.each(["cosine", "correlation"] as const)("keep angles under %s, and rows of zeros", async (metric) => {
    const points = flatRows(400);
    points.data.fill(0, 30, 90);
    const reduced = await reduce(points, 6, metric);
    expect(reduced.metric).toBe("cosine");
    expect([...reduced.points.data.subarray(6, 18)]).toEqual(new Array(12).fill(0));
    expect((await recallOf(points, reduced, metric)).recall).toBeGreaterThan(0.99);
  });

  it("are found from a sample of many rows, all of which are reduced", async () => {
    const points = { data: clusteredRows(20_011, 20, 6, 5), rows: 20_011, columns: 20 };
    const { points: reduced } = await reduce(points, 5);
    // Six centres span five directions beside their mean: rows of one cluster lie together.
    const centre = Array.from({ length: 5 }, (_, component) => reduced.data[component] ?? 0);
    for (const row of [6, 1200, 20_010 - (20_010 % 6)])
      for (const [component, value] of centre.entries())
        expect(Math.abs((reduced.data[row * 5 + component] ?? 0) - value)).toBeLessThan(8);
    expect(reduced.data.every(Number.isFinite)).toBe(true);
  });

  it("have the same bits for the same seed, and the data's own unit", async () => {
    const points = { data: clusteredRows(300, 24, 4, 2), rows: 300, columns: 24 };
    const first = await reduce(points, 7);
    expect(await reduce(points, 7)).toEqual(first);
    expect((await reduce(points, 7, "euclidean", 43)).points.data).not.toEqual(first.points.data);
    const unit = 2 ** 100;
    const scaled = await reduce({ ...points, data: points.data.map((value) => value * unit) }, 7);
    for (const [place, score] of first.points.data.entries())
      expect(Math.abs((scaled.points.data[place] ?? 0) / unit - score)).toBeLessThan(1e-3);
  });
});

describe("the recall of neighbours", () => {
  it.each(["euclidean", "cosine", "correlation", "manhattan"] as const)(
    "is 1 for the true ones, equally near ones included: %s",
    async (metric) => {
      const graph = await findNeighbors(digits, 10, metric);
      expect(await neighborRecall(digits, 1, graph, metric, 3, pace)).toEqual({ recall: 1, rows: 500 });
    },
  );

  it("is the share of the true ones among those found", async () => {
    const rows = 5003;
    const points = { data: clusteredRows(rows, 8, 3, 4), rows, columns: 8 };
    const graph = await findNeighbors(points, 10, "euclidean");
    const indices = graph.indices.map((other, place) => (place % 10 < 4 ? -1 : other));
    expect((await neighborRecall(points, 1, { ...graph, indices }, "euclidean", 3, pace)).recall).toBeCloseTo(0.6, 12);
    const far = graph.indices.map((other, place) => (place % 10 < 4 ? (other + 2501) % rows : other));
    const { recall } = await neighborRecall(points, 1, { ...graph, indices: far }, "euclidean", 3, pace);
    expect(Math.abs(recall - 0.6)).toBeLessThan(0.01);
  });

  it("is measured on all rows where there are few", async () => {
    const points = { data: clusteredRows(90, 8, 3, 4), rows: 90, columns: 8 };
    const graph = await findNeighbors(points, 5, "euclidean");
    expect(await neighborRecall(points, 1, graph, "euclidean", 3, pace)).toEqual({ recall: 1, rows: 90 });
  });
});

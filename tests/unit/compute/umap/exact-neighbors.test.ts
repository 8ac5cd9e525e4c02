import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import type { Metric, NeighborGraph } from "../../../../src/compute/umap/options.ts";
import { clusteredRows, normal } from "../random.ts";
import { nearestByComparing } from "./compare-all.ts";
import { digits, golden } from "./digits.ts";
import { findNeighbors } from "./find-neighbors.ts";

const metrics: readonly Metric[] = ["euclidean", "cosine", "correlation", "manhattan"];

/** Distances must agree to `relative`; rows too, but where two are as near as that. */
function expectExact(found: NeighborGraph, points: Matrix, metric: Metric, relative: number, step = 1): void {
  const { k } = found;
  for (let row = 0; row < points.rows; row += step) {
    const expected = nearestByComparing(points, row, k, metric);
    const own = [...found.indices.subarray(row * k, (row + 1) * k)];
    expect(new Set(own).size).toBe(k);
    expect(own).not.toContain(row);
    for (const [place, { distance }] of expected.entries())
      expect(Math.abs((found.distances[row * k + place] ?? Number.NaN) - distance)).toBeLessThanOrEqual(
        relative * distance + 1e-9,
      );
  }
}

const rowsAround = (rows: number, columns: number, value: (row: number, column: number) => number): Matrix => ({
  data: Float32Array.from({ length: rows * columns }, (_, place) =>
    value(Math.floor(place / columns), place % columns),
  ),
  rows,
  columns,
});

describe("the nearest neighbours", () => {
  it.each(metrics)("of digits are those that comparing all rows in double precision finds: %s", async (metric) => {
    expectExact(await findNeighbors(digits, 14, metric), digits, metric, 1e-5, 89);
  });

  it("of digits, whole numbers, are the same rows in the same order, equally near ones by row number", async () => {
    for (const metric of ["euclidean", "manhattan"] as const) {
      const { indices } = await findNeighbors(digits, 14, metric);
      for (let row = 0; row < digits.rows; row += 89)
        expect([...indices.subarray(row * 14, (row + 1) * 14)]).toEqual(
          nearestByComparing(digits, row, 14, metric).map((each) => each.row),
        );
    }
  });

  it("have the distances that umap-learn is given", async () => {
    for (const { metric, rows } of golden.graphs) {
      const { distances } = await findNeighbors(digits, 14, metric);
      for (const { row, distances: expected } of rows)
        for (const [place, distance] of expected.entries())
          expect(distances[row * 14 + place]).toBeCloseTo(distance, metric === "manhattan" ? 3 : 5);
    }
  });

  it.each([
    [5, 1, 1],
    [9, 3, 8],
    [64, 4, 63],
    [130, 5, 40],
    [700, 17, 1],
    [520, 31, 200],
  ])("are exact for %i rows of %i columns and %i neighbours", async (rows, columns, k) => {
    const points = { data: clusteredRows(rows, columns, 5, rows), rows, columns };
    for (const metric of metrics) expectExact(await findNeighbors(points, k, metric), points, metric, 2e-5, 23);
  });

  it("of rows far away from their mean and close together are exact all the same", async () => {
    const next = normal(3);
    const noise = Float64Array.from({ length: 600 * 16 }, () => next());
    const points = rowsAround(
      600,
      16,
      (row, column) => (row % 2 ? 1000 : -1000) + 0.01 * (noise[row * 16 + column] ?? 0),
    );
    const found = await findNeighbors(points, 10, "euclidean");
    expectExact(found, points, "euclidean", 1e-6, 13);
    for (let row = 0; row < 600; row += 13)
      expect([...found.indices.subarray(row * 10, row * 10 + 10)]).toEqual(
        nearestByComparing(points, row, 10, "euclidean").map((each) => each.row),
      );
  });

  it("are exact when one row is a million times longer than the others", async () => {
    const points = { data: clusteredRows(300, 8, 4, 9), rows: 300, columns: 8 };
    points.data.fill(1e7, 8, 16);
    expectExact(await findNeighbors(points, 6, "euclidean"), points, "euclidean", 1e-6, 7);
  });

  it("of equal rows are at distance 0, the first ones first", async () => {
    const points = rowsAround(200, 6, (row, column) => (row % 2) * (column + 1));
    for (const metric of ["euclidean", "manhattan"] as const) {
      const { indices, distances } = await findNeighbors(points, 5, metric);
      expect(distances.every((distance) => distance === 0)).toBe(true);
      expect([...indices.subarray(0, 5)]).toEqual([2, 4, 6, 8, 10]);
    }
  });

  it("under cosine and correlation, a row of zeros is at distance 0 to another and at 1 to all else", async () => {
    const zero = (row: number) => row === 3 || row === 7;
    const points = rowsAround(12, 4, (row, column) => (zero(row) ? 0 : Math.sin(row * 5 + column * column) + 0.1));
    for (const metric of ["cosine", "correlation"] as const) {
      const { indices, distances } = await findNeighbors(points, 3, metric);
      expect(indices[9]).toBe(7);
      expect(distances[9]).toBe(0);
      expect(distances[10]).toBeCloseTo(1, 6);
      expectExact(await findNeighbors(points, 11, metric), points, metric, 1e-5);
    }
  });

  it("under correlation, a constant row has no direction, whatever its value", async () => {
    const points = rowsAround(10, 7, (row, column) => (row < 2 ? 0.1 + row / 3 : Math.cos(row * column + row)));
    const { indices, distances } = await findNeighbors(points, 2, "correlation");
    expect([indices[0], indices[2]]).toEqual([1, 0]);
    expect(distances[0]).toBe(0);
    expect(distances[1]).toBe(1);
  });

  it("of huge and of tiny numbers are finite and in the data's own unit", async () => {
    const plain = { data: clusteredRows(60, 5, 3, 2), rows: 60, columns: 5 };
    const { indices, distances } = await findNeighbors(plain, 4, "euclidean");
    for (const unit of [2 ** 100, 2 ** -100]) {
      const scaled = { ...plain, data: plain.data.map((value) => value * unit) };
      const found = await findNeighbors(scaled, 4, "euclidean");
      expect([...found.indices]).toEqual([...indices]);
      for (const [place, distance] of distances.entries())
        expect((found.distances[place] ?? 0) / unit / distance).toBeCloseTo(1, 5);
    }
  });
});

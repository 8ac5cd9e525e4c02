import { describe, expect, it } from "vitest";
import { eigenOfSymmetric } from "../../../../src/compute/eigen-of-symmetric.ts";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { Pace } from "../../../../src/compute/runtime/pace.ts";
import { Arena } from "../../../../src/compute/umap/arena.ts";
import { principalComponents } from "../../../../src/compute/umap/start/principal-components.ts";
import { storePoints } from "../../../../src/compute/umap/stored-points.ts";
import { validatePoints } from "../../../../src/compute/umap/validate-points.ts";
import { normal } from "../random.ts";
import { digits } from "./digits.ts";

async function componentsOf(points: Matrix, nComponents: number) {
  const pace = new Pace(undefined);
  const summary = await validatePoints(points, pace);
  return principalComponents(
    await storePoints(await Arena.create(), points, summary, "euclidean", pace),
    nComponents,
    pace,
  );
}

/** Variances by the full covariance matrix. */
function variancesOf({ data, rows, columns }: Matrix): readonly number[] {
  const means = Array.from({ length: columns }, (_, c) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += data[row * columns + c] ?? 0;
    return sum / rows;
  });
  const covariance = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < columns; j++)
        covariance[i * columns + j] =
          (covariance[i * columns + j] ?? 0) +
          ((data[row * columns + i] ?? 0) - (means[i] ?? 0)) * ((data[row * columns + j] ?? 0) - (means[j] ?? 0));
  return eigenOfSymmetric(covariance, columns).values;
}

describe("eigenvalues of a small symmetric matrix", () => {
  it("come largest first, with vectors that the matrix only stretches", () => {
    const size = 6;
    const next = normal(1);
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) {
        matrix[i * size + j] = next();
        matrix[j * size + i] = matrix[i * size + j] ?? 0;
      }
    const { values, vectors } = eigenOfSymmetric(matrix, size);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
    for (const [which, value] of values.entries())
      for (let i = 0; i < size; i++) {
        let image = 0;
        for (let j = 0; j < size; j++) image += (matrix[i * size + j] ?? 0) * (vectors[which * size + j] ?? 0);
        expect(image).toBeCloseTo(value * (vectors[which * size + i] ?? 0), 10);
      }
  });
});

describe("principal components", () => {
  it("of digits have the variances that the covariance matrix gives, and don't overlap", async () => {
    const scores = await componentsOf(digits, 3);
    const expected = variancesOf(digits);
    const product = (a: number, b: number) => {
      let sum = 0;
      for (let row = 0; row < digits.rows; row++) sum += (scores[row * 3 + a] ?? 0) * (scores[row * 3 + b] ?? 0);
      return sum;
    };
    for (let which = 0; which < 3; which++) expect(product(which, which) / (expected[which] ?? 1)).toBeCloseTo(1, 3);
    expect(Math.abs(product(0, 1)) / product(0, 0)).toBeLessThan(1e-3);
  });

  it("are zero where the data has no further direction", async () => {
    const line = { data: Float32Array.of(1, 3, 5, 7, 9), rows: 5, columns: 1 };
    const scores = await componentsOf(line, 2);
    expect([...scores]).toEqual([-4, 0, -2, 0, 0, 0, 2, 0, 4, 0]);
    expect([...(await componentsOf({ data: new Float32Array(12).fill(3), rows: 4, columns: 3 }, 2))]).toEqual(
      Array(8).fill(0),
    );
  });

  it("find the axes of large data from a sample, and project every row", async () => {
    const rows = 50_000;
    const next = normal(5);
    const data = Float32Array.from({ length: rows * 3 }, (_, place) => next() * ([1, 30, 5][place % 3] ?? 0));
    const scores = await componentsOf({ data, rows, columns: 3 }, 2);
    for (let row = 0; row < rows; row += 997) {
      expect(scores[row * 2]).toBeCloseTo(data[row * 3 + 1] ?? 0, -1);
      expect(Math.abs((scores[row * 2 + 1] ?? 0) - (data[row * 3 + 2] ?? 0))).toBeLessThan(2);
    }
  });
});

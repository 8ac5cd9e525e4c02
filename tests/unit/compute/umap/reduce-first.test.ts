import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { umap } from "../../../../src/compute/umap/index.ts";
import { type UmapOptions, umapDefaults } from "../../../../src/compute/umap/options.ts";
import { measureQuality, qualityDefaults } from "../../../../src/compute/umap/quality/measure-quality.ts";
import { clusteredRows } from "../random.ts";
import { digits } from "./digits.ts";
import { findNeighbors } from "./find-neighbors.ts";

const map = (points: Matrix, options: Partial<UmapOptions>) => umap(points, { ...umapDefaults, ...options }, {});
const some = { data: digits.data.slice(0, 700 * 64), rows: 700, columns: 64 };

describe("a map with PCA first", () => {
  it("says what share of the neighbours the components keep", async () => {
    const { notices, recall, positions } = await map(digits, { pca: 20 });
    expect(recall).toBeGreaterThan(0.75);
    expect(recall).toBeLessThan(0.95);
    const share = Math.floor(recall * 100);
    expect(notices).toEqual([`PCA to 20 of 64 columns keeps ${share} % of the neighbours (sample of 500 rows).`]);
    expect((await measureQuality(digits, positions, qualityDefaults)).trustworthiness).toBeGreaterThan(0.975);
  });

  it("compares rows by their angles where the metric does", async () => {
    for (const metric of ["cosine", "correlation"] as const) {
      const { neighbors, recall } = await map(some, { pca: 40, metric, nEpochs: 0 });
      expect(recall).toBeGreaterThan(0.9);
      const expected = await findNeighbors(some, 14, metric);
      for (let place = 0; place < expected.distances.length; place += 501)
        expect(neighbors?.distances[place]).toBeCloseTo(expected.distances[place] ?? Number.NaN, 1);
    }
  });

  it("leaves columns alone that are no more than asked for, and says so", async () => {
    const points = { data: clusteredRows(60, 8, 3, 1), rows: 60, columns: 8 };
    const whole = await map(points, { nEpochs: 20 });
    const { positions, notices, recall } = await map(points, { nEpochs: 20, pca: 8 });
    expect(positions).toEqual(whole.positions);
    expect(recall).toBe(1);
    expect(notices).toContain("pca is 8, and there are 8 columns: all of them are used.");
  });

  it("has no need of components where the neighbours are known", async () => {
    const neighbors = await findNeighbors(some, 14, "euclidean");
    const known = await umap(some, { ...umapDefaults, pca: 10, nEpochs: 20 }, { neighbors });
    expect(known.notices).toEqual([]);
    expect(known.recall).toBe(1);
    expect(known.positions).toEqual((await map(some, { nEpochs: 20 })).positions);
  });
});

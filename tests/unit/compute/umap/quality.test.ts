import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import type { Progress } from "../../../../src/compute/job.ts";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import type { Metric } from "../../../../src/compute/umap/options.ts";
import { measureQuality, qualityDefaults } from "../../../../src/compute/umap/quality/measure-quality.ts";
import { clusteredRows, uniform } from "../random.ts";
import { findNeighbors } from "./find-neighbors.ts";

/** What scikit-learn says (tests/reference/make-quality-goldens.py). */
const golden = JSON.parse(
  readFileSync(new URL("../../../reference/umap-quality.json", import.meta.url)).toString(),
) as {
  readonly points: readonly number[];
  readonly layout: readonly number[];
  readonly cases: readonly {
    readonly metric: Metric;
    readonly k: number;
    readonly trustworthiness: number;
    readonly continuity: number;
    readonly preservation: number;
    readonly perRow: readonly number[];
  }[];
};
const line: Matrix = { data: Float32Array.of(0, 1, 3, 7, 15, 31), rows: 6, columns: 1 };
const flat = (...x: number[]) => Float32Array.from(x.flatMap((value) => [value, 0]));
const chance: Matrix = { data: clusteredRows(2500, 7, 9, 3), rows: 2500, columns: 7 };
const firstTwo = ({ data, rows, columns }: Matrix) =>
  Float32Array.from({ length: rows * 2 }, (_, place) => data[(place >> 1) * columns + (place & 1)] ?? 0);

describe("the quality of a layout", () => {
  it.each(golden.cases)("is scikit-learn's: $metric, k = $k", async (expected) => {
    const points = { data: Float32Array.from(golden.points), rows: 300, columns: 8 };
    const { k, metric } = expected;
    const found = await measureQuality(points, Float32Array.from(golden.layout), { ...qualityDefaults, k, metric });
    expect(found.rows).toBe(300);
    // One pair of distances that rounding puts in the other order moves the sum by one rank: 3e-7 at k = 149.
    expect(Math.abs(found.trustworthiness - expected.trustworthiness)).toBeLessThan(1e-6);
    expect(Math.abs(found.continuity - expected.continuity)).toBeLessThan(1e-6);
    expect(found.preservation).toBeCloseTo(expected.preservation, 10);
    for (const [row, share] of expected.perRow.entries()) expect(found.perRow[row]).toBeCloseTo(share, 5);
  });

  it("is 1 in every respect for a layout that keeps every neighbour, at any size", async () => {
    const found = await measureQuality(line, flat(0, 2, 6, 14, 30, 62), { ...qualityDefaults, k: 2 });
    expect(found).toEqual({
      k: 2,
      rows: 6,
      trustworthiness: 1,
      continuity: 1,
      preservation: 1,
      perRow: new Float32Array(6).fill(1),
    });
  });

  it("falls by the ranks of the false neighbours", async () => {
    // Rows 0 and 5 change places: worked out by hand from the definition, with k = 1. The nearest rows of the layout
    // are 5-1, 1-5, 2-1, 3-2, 4-3 and 0-4, of ranks 4, 5, 1, 1, 1 and 4 among the true neighbours.
    const found = await measureQuality(line, flat(31, 1, 3, 7, 15, 0), { ...qualityDefaults, k: 1 });
    expect(found.trustworthiness).toBeCloseTo(1 - (2 / (6 * 1 * (12 - 3 - 1))) * (4 + 3 + 3), 12);
  });

  it("counts equally near rows in the order of their numbers", async () => {
    // All rows are equal. Of row i the nearest in the layout is row i - 1, the i-th of the others in number: rank i.
    const points = { data: new Float32Array(8), rows: 8, columns: 1 };
    const found = await measureQuality(points, flat(0, 1, 2, 3, 4, 5, 6, 7), { ...qualityDefaults, k: 1 });
    expect(found.trustworthiness).toBeCloseTo(1 - (2 / (8 * 1 * (16 - 3 - 1))) * (0 + 1 + 2 + 3 + 4 + 5 + 6), 12);
  });

  it("is about a half in trust for a layout by chance", async () => {
    const next = uniform(4);
    const points = { data: Float32Array.from({ length: 400 }, () => next()), rows: 400, columns: 1 };
    const positions = Float32Array.from({ length: 800 }, () => next());
    const found = await measureQuality(points, positions, { ...qualityDefaults, k: 10 });
    expect(Math.abs(found.trustworthiness - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(found.continuity - 0.5)).toBeLessThan(0.05);
  });

  it("of a sample is the mean over its rows, each of them compared with all rows", async () => {
    const positions = firstTwo(chance);
    const all = await measureQuality(chance, positions, qualityDefaults);
    const some = await measureQuality(chance, positions, { ...qualityDefaults, sample: 500 });
    const measured = [...some.perRow.keys()].filter((row) => !Number.isNaN(some.perRow[row]));
    expect(some.rows).toBe(500);
    expect(measured.length).toBe(500);
    for (const row of measured) expect(some.perRow[row]).toBe(all.perRow[row]);
    expect(Math.abs(some.trustworthiness - all.trustworthiness)).toBeLessThan(0.01);
    expect(await measureQuality(chance, positions, { ...qualityDefaults, sample: 500 })).toEqual(some);
    const other = await measureQuality(chance, positions, { ...qualityDefaults, sample: 500, seed: 43 });
    expect(other.perRow).not.toEqual(some.perRow);
  });

  it("is given for every row when the true neighbours are known", async () => {
    const positions = firstTwo(chance);
    const neighbors = await findNeighbors(chance, 17, "euclidean");
    const all = await measureQuality(chance, positions, qualityDefaults);
    const some = await measureQuality(chance, positions, { ...qualityDefaults, sample: 40, neighbors });
    expect(some.rows).toBe(40);
    expect(some.perRow).toEqual(all.perRow);
  });

  it("looks at fewer neighbours where there are few rows, and at none where there are two", async () => {
    const points = { data: Float32Array.of(0, 1, 5), rows: 3, columns: 1 };
    expect((await measureQuality(points, flat(0, 1, 5), qualityDefaults)).k).toBe(1);
    const two = { data: Float32Array.of(0, 1), rows: 2, columns: 1 };
    await expect(measureQuality(two, flat(0, 1), qualityDefaults)).rejects.toThrow(
      "Quality needs 3 rows, got 2. Pass more rows.",
    );
  });

  it("of another number of positions can't be told", async () => {
    await expect(measureQuality(line, flat(1, 2, 3, 4, 5), qualityDefaults)).rejects.toThrow(
      "positions: expected 6 × 2 or 3 numbers, got 10. Pass the layout of these rows.",
    );
  });

  it("tells how far it is, and stops when told to", async () => {
    const controller = new AbortController();
    const heard: Progress[] = [];
    const running = measureQuality(chance, firstTwo(chance), qualityDefaults, {
      signal: controller.signal,
      onProgress: (progress) => {
        heard.push(progress);
        if (heard.length === 3) controller.abort();
      },
    });
    const error = await running.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ComputeError);
    expect((error as ComputeError).kind).toBe("cancelled");
    expect(heard[0]).toEqual({ stage: "Measuring quality", done: 0, total: 2500, unit: "rows" });
    expect(heard[2]?.done).toBeGreaterThan(0);
  });
});

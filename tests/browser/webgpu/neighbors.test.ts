import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/compute/matrix.ts";
import type { Metric } from "../../../src/compute/umap/options.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { clusteredRows, normal, uniform } from "../../unit/compute/random.ts";
import { nearestByComparing } from "../../unit/compute/umap/compare-all.ts";
import { digits } from "../../unit/compute/umap/digits.ts";
import type { NeighborsAsked } from "./kernels-page.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("kernels-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

const metrics: readonly Metric[] = ["euclidean", "cosine", "correlation", "manhattan"];

function find(points: Matrix, k: number, metric: Metric, more: Partial<NeighborsAsked> = {}) {
  const asked = { ...points, data: [...points.data], k, metric, ...more };
  return opened.page.evaluate((all) => window.kernels.neighbors(all), asked);
}

/** Every `step`th row's list must be the one that comparing all rows in double precision gives. */
async function expectExact(points: Matrix, k: number, metric: Metric, step = 1) {
  const { error, indices, distances, stages } = await find(points, k, metric);
  expect(error).toBe("");
  for (let row = 0; row < points.rows; row += step) {
    const expected = nearestByComparing(points, row, k, metric);
    const own = distances.slice(row * k, (row + 1) * k);
    for (const [place, { distance }] of expected.entries()) {
      const found = own[place] ?? Number.NaN;
      // Rows of angular metrics are rounded when they are brought to length 1.
      const rounding = metric === "cosine" || metric === "correlation" ? 1e-7 * Math.sqrt(distance) + 1e-13 : 0;
      expect(Math.abs(found - distance)).toBeLessThanOrEqual(1e-5 * distance + rounding);
    }
    const rows = indices.slice(row * k, (row + 1) * k);
    expect(new Set(rows).size).toBe(k);
    expect(rows).not.toContain(row);
    if (metric === "euclidean" || metric === "manhattan") expect(rows).toEqual(expected.map((each) => each.row));
  }
  return stages;
}

const rowsOf = (rows: number, columns: number, value: (row: number, column: number) => number): Matrix => ({
  data: Float32Array.from({ length: rows * columns }, (_, place) =>
    value(Math.floor(place / columns), place % columns),
  ),
  rows,
  columns,
});

/** Software WebGPU is slow: the first of the digits for all metrics but one. */
const fewDigits: Matrix = { data: digits.data.slice(0, 600 * 64), rows: 600, columns: 64 };

describe("the nearest neighbours on the GPU", () => {
  it("of digits are those that comparing all rows in double precision finds", async () => {
    await expectExact(digits, 14, "euclidean", 61);
  });

  it.each(metrics)("of some digits, too, by every metric: %s", async (metric) => {
    await expectExact(fewDigits, 14, metric, 31);
  });

  it.each([
    [2, 1, 1],
    [3, 3, 2],
    [5, 17, 4],
    [5, 1, 1],
    [64, 4, 63],
    [130, 5, 40],
    [300, 17, 1],
    [520, 31, 100],
    [420, 3, 300],
  ])("are exact for %i rows of %i columns and %i neighbours", async (rows, columns, k) => {
    const points = { data: clusteredRows(rows, columns, 5, rows), rows, columns };
    for (const metric of metrics) await expectExact(points, k, metric, rows > 100 ? 23 : 1);
  });

  it("of rows far away from their mean and close together are found again by differences, exactly", async () => {
    const next = normal(3);
    const noise = Float64Array.from({ length: 300 * 16 }, () => next());
    const points = rowsOf(300, 16, (row, column) => (row % 2 ? 1000 : -1000) + 0.01 * (noise[row * 16 + column] ?? 0));
    expect(await expectExact(points, 10, "euclidean", 7)).toContain("Checking neighbours");
  });

  it("are exact when one row is a million times longer than the others", async () => {
    const points = { data: clusteredRows(300, 8, 4, 9), rows: 300, columns: 8 };
    points.data.fill(1e7, 8, 16);
    await expectExact(points, 6, "euclidean", 7);
  });

  it("of isotropic rows of many columns, where all distances are alike, are exact", async () => {
    const next = normal(8);
    await expectExact(
      rowsOf(400, 257, () => next()),
      14,
      "euclidean",
      13,
    );
  });

  it("of equal rows are at distance 0, the first ones first, however many there are", async () => {
    const points = rowsOf(500, 6, (row, column) => (row % 2) * (column + 1));
    for (const metric of ["euclidean", "manhattan"] as const) {
      const { indices, distances } = await find(points, 5, metric);
      expect(distances.every((distance) => distance === 0)).toBe(true);
      expect(indices.slice(0, 5)).toEqual([2, 4, 6, 8, 10]);
      expect(indices.slice(-5)).toEqual([1, 3, 5, 7, 9]);
    }
  });

  it("of rows of whole numbers, with ties everywhere, come by row number", async () => {
    const next = uniform(4);
    await expectExact(
      rowsOf(400, 6, () => Math.floor(3 * next())),
      14,
      "euclidean",
      11,
    );
  });

  it("under cosine and correlation, a row of zeros is at distance 0 to another and at 1 to all else", async () => {
    const zero = (row: number) => row === 3 || row === 7;
    const points = rowsOf(12, 4, (row, column) => (zero(row) ? 0 : Math.sin(row * 5 + column * column) + 0.1));
    for (const metric of ["cosine", "correlation"] as const) {
      const { indices, distances } = await find(points, 3, metric);
      expect(indices[9]).toBe(7);
      expect(distances[9]).toBe(0);
      expect(distances[10]).toBeCloseTo(1, 6);
    }
  });

  it("of huge and of tiny numbers are finite and in the data's own unit", async () => {
    const plain = { data: clusteredRows(60, 5, 3, 2), rows: 60, columns: 5 };
    const { indices, distances } = await find(plain, 4, "euclidean");
    for (const unit of [2 ** 100, 2 ** -100]) {
      const scaled = await find({ ...plain, data: plain.data.map((value) => value * unit) }, 4, "euclidean");
      expect(scaled.indices).toEqual(indices);
      for (const [place, distance] of distances.entries())
        expect(Math.abs((scaled.distances[place] ?? 0) / unit - distance)).toBeLessThanOrEqual(1e-6 * distance);
    }
  });

  it.each([
    ["panels of 128 rows, and three rows at a time", 128 * 12 * 4],
    ["one panel, 128 rows at a time", 1 << 18],
  ])("are the same bits when the rows lie in %s", async (_, bindingBytes) => {
    const points = { data: clusteredRows(300, 10, 3, 12), rows: 300, columns: 10 };
    // A row so long that all others are doubtful, and are gathered.
    points.data.fill(1e6, 10, 20);
    for (const metric of ["euclidean", "cosine"] as const) {
      const whole = await find(points, 6, metric);
      const cut = await find(points, 6, metric, { bindingBytes });
      expect(cut.error).toBe("");
      expect(cut).toEqual(whole);
      expect(whole.stages.includes("Checking neighbours")).toBe(metric === "euclidean");
    }
  });

  it("hear a cancel", async () => {
    expect((await find(fewDigits, 14, "euclidean", { interrupt: "cancel" })).error).toBe("cancelled: Stopped.");
  });

  it("say that the device was lost under them", async () => {
    expect((await find(fewDigits, 14, "euclidean", { interrupt: "lose" })).error).toBe("lost: The GPU was lost.");
    expect((await find(fewDigits, 14, "euclidean")).error).toBe("");
  });
});

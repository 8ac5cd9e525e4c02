import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { umap } from "../../../src/compute/umap/index.ts";
import { umapDefaults } from "../../../src/compute/umap/options.ts";
import { measureQuality, qualityDefaults } from "../../../src/compute/umap/quality/measure-quality.ts";
import { FittedMap } from "../../../src/compute/umap/transform/fitted-map.ts";
import { updateMap } from "../../../src/compute/umap/transform/update-map.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { clusteredRows } from "../../unit/compute/random.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("finished-map-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

const COLUMNS = 12;
function matrixOf(rows: number, seed: number) {
  return { data: clusteredRows(rows, COLUMNS, 5, seed), rows, columns: COLUMNS };
}
const listOf = ({ data, rows }: { data: Float32Array; rows: number }) =>
  Array.from({ length: rows }, (_, row) => [...data.subarray(row * COLUMNS, (row + 1) * COLUMNS)]);

describe("a finished map, asked through the worker of a page", () => {
  it.each([
    ["all pairs compared", 400, { nEpochs: 60 }],
    ["columns reduced", 400, { nEpochs: 60, pca: 6, metric: "cosine" }],
    ["NN-descent", 4200, { nEpochs: 5, neighborSearch: "nn-descent" }],
  ] as const)("places, adds and measures rows with the same bits as Node: %s", async (_, rows, chosen) => {
    const points = matrixOf(rows, 3);
    const others = matrixOf(40, 4);
    const options = { ...umapDefaults, backend: "cpu", ...chosen } as const;
    const there = await opened.page.evaluate((asked) => window.askMap(asked), {
      rows: listOf(points),
      others: listOf(others),
      options,
    });
    const { positions, recall } = await umap(points, options, {});
    expect(there.positions).toEqual([...positions]);
    expect(there.recall).toBe(recall);
    const map = { points, positions, options };
    expect(there.placed).toEqual([...(await (await FittedMap.prepare(map)).transform(others))]);
    expect(there.updated).toEqual([...(await updateMap(map, others)).positions]);
    expect(there.trustworthiness).toBe((await measureQuality(points, positions, qualityDefaults)).trustworthiness);
    expect(there.afterwards).toBe("The map is no longer kept ready. Run again.");
    expect(opened.errors).toEqual([]);
  });
});

import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/compute/matrix.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import { Arena } from "../../../src/compute/umap/arena.ts";
import { neighborRecall } from "../../../src/compute/umap/neighbors/neighbor-recall.ts";
import { nnDescent } from "../../../src/compute/umap/neighbors/nn-descent.ts";
import type { Metric, NeighborGraph } from "../../../src/compute/umap/options.ts";
import { normaliseStored, storePoints } from "../../../src/compute/umap/stored-points.ts";
import { validatePoints } from "../../../src/compute/umap/validate-points.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { clusteredRows, normal } from "../../unit/compute/random.ts";
import type { DescentAsked } from "./descent-page.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("descent-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

function onGpu(points: Matrix, more: Partial<DescentAsked> = {}) {
  const asked = { ...points, data: [...points.data], k: 9, metric: "euclidean" as const, seed: 42, ...more };
  return opened.page.evaluate((all) => window.descend(all), asked);
}

async function onCpu(points: Matrix, { k = 9, metric = "euclidean" as Metric, seed = 42 } = {}) {
  const pace = new Pace(undefined);
  const summary = await validatePoints(points, pace);
  const stored = await storePoints(await Arena.create(), points, summary, metric, pace);
  const isAngular = metric === "cosine" || metric === "correlation";
  if (isAngular) await normaliseStored(stored, metric, pace);
  const measure = async (graph: NeighborGraph) =>
    (await neighborRecall(points, summary.scale, graph, metric, 1, pace)).recall;
  return nnDescent(stored, k, metric, isAngular ? 1 : summary.scale, seed, measure, pace);
}

async function expectCpusBits(points: Matrix, more: Partial<DescentAsked> = {}) {
  const there = await onGpu(points, more);
  expect(there).toMatchObject({ error: "" });
  const here = await onCpu(points, more);
  expect(there.indices).toEqual([...here.graph.indices]);
  expect(there.distances).toEqual([...here.graph.distances]);
  expect(there.recall).toBe(here.recall);
  return there;
}

const rows = 1500;
const clustered: Matrix = { data: clusteredRows(rows, 11, 6, 6), rows, columns: 11 };
const next = normal(2);
const even: Matrix = { data: Float32Array.from({ length: 1000 * 90 }, () => next()), rows: 1000, columns: 90 };

describe("NN-descent on the GPU", () => {
  it.each(["euclidean", "cosine", "correlation", "manhattan"] as const)(
    "finds nearly all neighbours of clustered rows, with the bits of the CPU's: %s",
    async (metric) => {
      const { recall, efforts } = await expectCpusBits(clustered, { metric });
      expect(recall).toBeGreaterThan(0.99);
      expect(efforts.length).toBe(1);
    },
  );

  it("takes more pains where rows fill many dimensions evenly, as the CPU does", async () => {
    const { efforts } = await expectCpusBits(even);
    expect(efforts.length).toBeGreaterThan(1);
    for (const [which, found] of efforts.slice(1).entries()) expect(found).toBeGreaterThan(efforts[which] ?? 1);
  });

  it("gives the same bits at every run, and others for another seed", async () => {
    const { indices, distances } = await onGpu(clustered);
    expect(await onGpu(clustered)).toMatchObject({ indices, distances });
    expect((await onGpu(clustered, { seed: 43 })).indices).not.toEqual(indices);
  });

  it("gives the same bits where columns, lists, candidates and groups lie in several bindings", async () => {
    await expectCpusBits(clustered, { bindingBytes: 1 << 16 });
  });

  it("gives rows that are equal to many others as many neighbours as all others have", async () => {
    const points = { ...clustered, data: clustered.data.slice() };
    for (let row = 1; row < 900; row++) points.data.copyWithin(row * 11, 0, 11);
    points.data.fill(1e6, (rows - 1) * 11);
    const { indices, distances } = await expectCpusBits(points);
    expect(indices.every((other) => other >= 0 && other < rows)).toBe(true);
    expect(distances.slice(0, 9)).toEqual(new Array(9).fill(0));
  });

  it("finds more neighbours than a row has company in its leaves, with rows drawn by chance", async () => {
    const points = { data: clusteredRows(300, 5, 1, 1), rows: 300, columns: 5 };
    // Fifteen groups of twenty rows, two of which are too many for a leaf.
    for (const [place, value] of points.data.entries())
      points.data[place] = value + 1000 * Math.sin((Math.floor(place / 5) % 15) * 7 + (place % 5));
    const { indices } = await expectCpusBits(points, { k: 40 });
    expect(indices.every((other) => other >= 0 && other < 300)).toBe(true);
  });

  it("tells how far it is, and hears a cancel in the middle of a round", async () => {
    const { error, heard } = await onGpu(clustered, { interrupt: "cancel", share: 0.6 });
    expect(error).toBe("cancelled: Stopped.");
    expect(heard[0]).toEqual({ stage: "Finding neighbours", done: 0, total: rows, unit: "rows" });
    expect(heard.map(({ done }) => done)).toEqual(heard.map(({ done }) => done).sort((a, b) => a - b));
    expect(heard.at(-1)?.done).toBeLessThan(rows);
  });

  it("says that the device was lost in the middle of a round", async () => {
    const lost = await onGpu(clustered, { interrupt: "lose", share: 0.6 });
    expect(lost.error).toBe("lost: The GPU was lost.");
    expect((await onGpu(clustered)).error).toBe("");
  });
});

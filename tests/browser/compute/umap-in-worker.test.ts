import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { umap } from "../../../src/compute/umap/index.ts";
import { umapDefaults } from "../../../src/compute/umap/options.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { clusteredRows } from "../../unit/compute/random.ts";
import type { Asked } from "./worker-page.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("worker-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

const points = { data: clusteredRows(700, 20, 6, 5), rows: 700, columns: 20 };
const compute = (asked: Partial<Asked>) =>
  opened.page.evaluate((all) => window.computeMap(all), { ...points, data: [...points.data], options: {}, ...asked });

describe("the worker of a page", () => {
  it.each([
    {},
    { nComponents: 3, metric: "cosine", init: "spectral" },
    { metric: "manhattan", init: "random", minDist: 0.4, seed: 9 },
  ] as const)("computes the same bits as Node: %o", async (options) => {
    const here = await umap(points, { ...umapDefaults, ...options }, {});
    const there = await compute({ options });
    expect(there.error).toBe("");
    expect(there.frames).toBeGreaterThan(0);
    expect(there.positions).toEqual([...here.positions]);
  });

  it("hears a cancel while it lays out, and gives back how far it came", async () => {
    const { epoch, epochs, error, positions } = await compute({ options: { nEpochs: 100_000 }, cancel: true });
    expect(error).toBe("");
    expect(epochs).toBe(100_000);
    expect(epoch).toBeLessThan(90_000);
    expect(positions.length).toBe(1400);
  });

  it("sends errors across with their words", async () => {
    const data = [...points.data];
    data[20 * 512 + 7] = Number.NaN;
    expect((await compute({ data })).error).toBe(
      "input: Row 512, column 7 is NaN (1 row in all). Remove or fill them.",
    );
  });

  it("asks the network for nothing", () => {
    expect(opened.requests.filter((address) => !address.startsWith("blob:"))).toEqual([]);
    expect(opened.errors).toEqual([]);
  });
});

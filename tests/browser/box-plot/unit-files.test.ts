import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type {} from "./box-plot-page.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, "tests/browser/box-plot/box-plot-page.ts");
});
afterAll(() => browser?.close());

it.each(["box plots", "statistics without a picture"])("%s hand a page Slideflow's files", async (kind) => {
  const told = await opened.page.evaluate(async (of) => {
    const { boxPlot, plantedUnits, UnitStatistics } = globalThis.boxPlotPage;
    const maker = of === "box plots" ? boxPlot(plantedUnits()) : new UnitStatistics(plantedUnits());
    const summary = await maker.slideSummary({ method: "median" });
    const named = await maker.boxPlots([4]);
    const best = await maker.boxPlots();
    const starts = await Promise.all(named.map(async (file) => new Uint8Array(await file.slice(0, 4).arrayBuffer())));
    return {
      summary: [summary.name, summary.type, (await summary.text()).split("\r\n").length],
      named: named.map(({ name, type }) => [name, type]),
      starts: starts.map((bytes) => String.fromCharCode(...bytes.subarray(1))),
      best: best.length,
      first: best[0]?.name,
    };
  }, kind);
  expect(told.summary).toEqual(["slide_level_summary.csv", "text/csv", 1 + 12 + 4 + 1]);
  expect(told.named).toEqual([
    ["boxplot_4 (tile-level).png", "image/png"],
    ["boxplot_4 (slide-level).png", "image/png"],
  ]);
  expect(told.starts).toEqual(["PNG", "PNG"]);
  expect([told.best, told.first]).toEqual([12, "boxplot_3 (tile-level).png"]);
  expect(opened.errors).toEqual([]);
});

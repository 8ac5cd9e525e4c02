import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import type { UnitTable } from "../../../src/compute/statistics/one-way/unit-table.ts";
import { RowStatistics } from "../../../src/compute/statistics/row-statistics.ts";
import { slideMethods, statisticsDefaults, unitTests } from "../../../src/compute/statistics/statistics-options.ts";
import { readColumn } from "../../../src/compute/statistics/sums/read-columns.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { unitRows } from "../../unit/statistics/unit-rows.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("kept-units-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

const rows = unitRows({
  rows: 700,
  units: 9,
  groups: 3,
  slides: 40,
  slidesAreWhole: false,
  without: 0.1,
  effect: 0.5,
  seed: 3,
});
const mask = maskOf(
  [...Array(700).keys()].filter((row) => row % 5 === 0),
  700,
);

/** Made with `Math.log` and `Math.exp`, whose last digit is each engine's own. */
const LOGARITHMIC = new Set(["p", "logP", "q", "logQ", "bonferroni"]);

function expectSame(there: Readonly<Record<string, unknown>>, here: UnitTable | null): void {
  expect(Object.keys(there)).toEqual(Object.keys(here ?? {}));
  for (const [name, value] of Object.entries(here ?? {})) {
    if (!ArrayBuffer.isView(value)) expect(there[name]).toBe(value);
    else if (!LOGARITHMIC.has(name)) expect(there[name]).toEqual([...(value as Float64Array)]);
    else
      (value as Float64Array).forEach((number, unit) => {
        expect(Math.abs(((there[name] as number[])[unit] ?? Number.NaN) - number)).toBeLessThan(1e-13);
      });
  }
}

describe("units, asked for through the worker of a page", () => {
  it.each(unitTests.map((test, place) => [test, slideMethods[place] ?? "mean"] as const))(
    "are tested as in Node, sums and ranks to the last bit: %s, %s",
    async (test, method) => {
      const options = { ...statisticsDefaults, test, method, permutations: 199 };
      const there = await opened.page.evaluate((asked) => window.askUnits(asked), {
        data: [...rows.values.data],
        rows: 700,
        columns: 9,
        groups: [...rows.groups.codes],
        groupCount: 3,
        slides: [...(rows.slides?.codes ?? [])],
        slideCount: 40,
        options,
        mask: [...mask],
      });
      const here = new RowStatistics(rows);
      const [all, part] = [await here.rank(options, null), await here.rank(options, mask)];
      expect(there.tables).toHaveLength(4);
      [all.tile, all.slide, part.tile, part.slide].forEach((table, place) => {
        expectSame(there.tables[place] ?? {}, table);
      });
      expect(there.slideValues).toEqual([...(await here.slideValues(options)).values]);
      expect(there.column).toEqual([...readColumn(rows.values, 1)]);
      expect(there.cancelled).toBe("cancelled");
      expect(there.stages).toEqual(["Rearranging slides"]);
      expect(there.afterwards).toBe("lost: The units are no longer kept ready. Run again.");
      expect(opened.errors).toEqual([]);
    },
  );
});

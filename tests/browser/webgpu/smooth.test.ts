import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { uniform } from "../../unit/compute/random.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("kernels-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

const next = uniform(6);
/** Sorted distances of `rows * k` others, each row in a unit of its own. */
function sortedDistances(rows: number, k: number, value: () => number): number[] {
  return Array.from({ length: rows }, () => {
    const unit = 10 ** (6 * next() - 3);
    return Array.from({ length: k }, () => unit * value()).sort((a, b) => a - b);
  }).flat();
}

const kinds = {
  "far from zero and close together": () => 10 + next(),
  "spread from zero on": () => next(),
  "zero, one in three": () => Math.max(0, next() - 1 / 3),
  "of two values only": () => 1 + Math.round(next()),
  "zero, all of them": () => 0,
  "of very different sizes": () => 10 ** (8 * next() - 4),
};

describe("membership strengths on the GPU have the CPU's bits", () => {
  it.each(Object.entries(kinds))("for distances %s", async (_, value) => {
    for (const k of [1, 2, 14, 49]) {
      const { gpu, cpu } = await opened.page.evaluate(
        ([distances, columns]) => window.kernels.smooth(distances, columns, 1),
        [sortedDistances(300, k, value), k] as const,
      );
      expect(cpu.weights.length).toBe(300 * k);
      expect(gpu).toEqual(cpu);
    }
  });

  it.each([0, 0.5, 1.7, 3, 40])("for a local connectivity of %d", async (localConnectivity) => {
    const { gpu, cpu } = await opened.page.evaluate(
      ([distances, connectivity]) => window.kernels.smooth(distances, 14, connectivity),
      [sortedDistances(300, 14, kinds["zero, one in three"]), localConnectivity] as const,
    );
    expect(gpu).toEqual(cpu);
  });

  it("for more rows than one submission takes", async () => {
    const { gpu, cpu } = await opened.page.evaluate(
      (distances) => window.kernels.smooth(distances, 3, 1),
      sortedDistances(9000, 3, kinds["spread from zero on"]),
    );
    expect(gpu).toEqual(cpu);
  });
});

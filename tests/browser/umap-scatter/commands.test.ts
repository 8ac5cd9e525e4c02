import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type {} from "./scatter-page.ts";

describe("what can be asked of a finished map", () => {
  let browser: Browser;
  let opened: BrowserPage;

  beforeAll(async () => {
    browser = await launchChromium();
    opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts");
  });
  afterAll(() => browser?.close());

  it("places other rows among those like them, each as if it had come alone", async () => {
    const { distances, alone } = await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const rows = clusters(306, 20, 3);
      const map = show({ points: rows.slice(0, 300), nEpochs: 60 });
      await map.ready;
      const places = map.embedding ?? new Float32Array();
      const placed = await map.transform(rows.slice(300));
      const one = await map.transform(rows.slice(303, 304));
      const centerOf = (group: number) =>
        [0, 1].map((axis) => {
          let sum = 0;
          for (let row = group; row < 300; row += 3) sum += places[row * 2 + axis] ?? 0;
          return sum / 100;
        });
      const centers = [0, 1, 2].map(centerOf);
      const distances = [0, 1, 2, 3, 4, 5].map((row) =>
        centers.map(([x = 0, y = 0]) => Math.hypot((placed[row * 2] ?? 0) - x, (placed[row * 2 + 1] ?? 0) - y)),
      );
      return { distances, alone: one[0] === placed[6] && one[1] === placed[7] };
    });
    expect(alone).toBe(true);
    expect(distances.map((row) => row.indexOf(Math.min(...row)))).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it("measures how far it can be believed, row by row", async () => {
    const quality = await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const map = show({ points: clusters(300, 20, 3), nEpochs: 60 });
      await map.ready;
      const { perRow, ...measures } = await map.quality();
      return { ...measures, perRow: Array.from(perRow as Float32Array) };
    });
    expect(quality).toMatchObject({ k: 15, rows: 300 });
    const { trustworthiness, preservation, perRow } = quality as Record<string, number> & { perRow: number[] };
    expect(trustworthiness).toBeGreaterThan(0.8);
    expect(trustworthiness).toBeLessThanOrEqual(1);
    expect(perRow).toHaveLength(300);
    expect(perRow.reduce((sum, share) => sum + share, 0) / 300).toBeCloseTo(preservation ?? 0, 5);
  });

  it("says what is missing where only coordinates were given, and which columns are expected", async () => {
    const sentences = await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const shown = show({ coords: clusters(50, 2, 3) });
      await shown.ready;
      const map = show({ points: clusters(60, 5, 3), nEpochs: 10 });
      await map.ready;
      const failure = (asked: Promise<unknown>) => asked.then(String, (thrown: Error) => thrown.message);
      return [await failure(shown.quality()), await failure(map.transform([[1, 2, 3]]))];
    });
    expect(sentences[0]).toContain("No map was computed here: there are only its coordinates.");
    expect(sentences[1]).toContain("rows: expected 5 columns as in the map, got 3.");
  });
});

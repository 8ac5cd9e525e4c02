import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { UmapScatterElement } from "../../../src/entries/umap-scatter-element.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { colouredPixels, inkedPixels, pixelsOf } from "../../support/pixels.ts";
import { expectStatus, statusOf } from "../../support/scatter-actions.ts";
import { drawnSpace } from "../link/drawn-space.ts";
import type {} from "../link/unit-page.ts";

declare global {
  /** The map that the test is about. */
  var raised: UmapScatterElement;
}

let browser: Browser;
let opened: BrowserPage;
const widget = () => opened.page.locator(".layerscope").first();
const space = () => widget().locator(".ls-space");
const drawn = () => drawnSpace(opened.page);

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/link/unit-page.ts");
});
afterEach(async () => {
  expect(opened.requests).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** 40 rows × 5; column 3 tells two halves apart, the others are a spiral. */
async function showMap(): Promise<void> {
  await opened.page.evaluate(async () => {
    const points = Array.from({ length: 40 }, (_, row) => [
      Math.cos(row / 3) * row,
      Math.sin(row / 3) * row,
      row / 10,
      row % 2 ? 300 : row,
      (row * 7) % 5,
    ]);
    globalThis.raised = globalThis.unitPage.scatter({
      points,
      nEpochs: 30,
      labels: points.map((_, row) => `${row % 2}`),
    });
    await globalThis.raised.ready;
  });
}

async function expectSpace(): Promise<void> {
  await space().locator("canvas").first().waitFor({ timeout: 60_000 });
  await expect.poll(async () => inkedPixels(await pixelsOf(space())), { timeout: 30_000 }).toBeGreaterThan(100);
}

const plot3d = (unit: number | number[] | null, exclude = false) =>
  opened.page.evaluate(
    ([asked, without]) => {
      try {
        globalThis.raised.plot3d(asked, { exclude: without });
      } catch (thrown) {
        return (thrown as Error).message;
      }
      return "";
    },
    [unit, exclude] as const,
  );

describe("a map with a column of its own points as height", () => {
  it("shows the column's values over the places that rows have, and is flat again when nothing is asked for", async () => {
    await showMap();
    await plot3d(3);
    await expectSpace();
    const shown = await drawn();
    expect(shown?.axes).toEqual(["UMAP 1", "UMAP 2", "unit 3"]);
    expect(shown?.z.slice(0, 4)).toEqual([0, 300, 2, 300]);
    const places = await opened.page.evaluate(() => Array.from(globalThis.raised.embedding ?? []));
    expect(shown?.x).toEqual(places.filter((_, at) => at % 2 === 0));
    expect(await widget().locator(".ls-legend-title").first().textContent()).toBe("unit 3");
    await plot3d(null);
    await space().waitFor({ state: "detached" });
    await widget().locator(".ls-legend-row").first().waitFor();
  });

  it("is computed without it on request, with the bits of a map of the other columns", async () => {
    await showMap();
    await plot3d(3, true);
    await expectSpace();
    await expectStatus(widget(), /^(?!.*round)/);
    const same = () =>
      opened.page.evaluate(async () => {
        const points = Array.from({ length: 40 }, (_, row) => [
          Math.cos(row / 3) * row,
          Math.sin(row / 3) * row,
          row / 10,
          (row * 7) % 5,
        ]);
        const other = globalThis.unitPage.scatter({ points, nEpochs: 30 });
        await other.ready;
        const [a, b] = [globalThis.raised.embedding ?? [], other.embedding ?? []];
        other.remove();
        other.dispose();
        return a.length === 80 && b.length === 80 && a.every((value, at) => value === b[at]);
      });
    await expect.poll(same, { timeout: 60_000 }).toBe(true);
    expect((await drawn())?.z.slice(0, 4)).toEqual([0, 300, 2, 300]);
    expect(await widget().locator(".ls-subtitle").textContent()).toContain("without column 3");
    // Placed rows have all columns, and are compared by those of the map.
    const placed = await opened.page.evaluate(async () =>
      Array.from(
        await globalThis.raised.transform([
          [1, 2, 3, 1e6, 1],
          [1, 2, 3, -1e6, 1],
        ]),
      ),
    );
    expect(placed.slice(0, 2)).toEqual(placed.slice(2));
  });

  it("takes numbers of the caller's own, and a row without one is not drawn", async () => {
    await showMap();
    await plot3d(Array.from({ length: 40 }, (_, row) => (row === 5 ? Number.NaN : row)));
    await expectSpace();
    expect((await drawn())?.axes[2]).toBe("height");
    expect((await drawn())?.z[5]).toBeNaN();
    await widget().getByText("1 row without a value").waitFor();
  });

  it("is saved as it is turned, with the height in its caption", async () => {
    await showMap();
    await plot3d(3);
    await expectSpace();
    const svg = await opened.page.evaluate(async () => (await globalThis.raised.save("svg")).text());
    expect(svg).toContain("coloured by unit 3, with unit 3 as height");
    expect(svg).toContain("data:image/png");
    const data = await opened.page.evaluate(async () => {
      const bitmap = await createImageBitmap(await globalThis.raised.save("png", { dpi: 72 }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d");
      context?.drawImage(bitmap, 0, 0);
      return Array.from(context?.getImageData(0, 0, bitmap.width / 2, bitmap.height).data ?? []);
    });
    expect(colouredPixels({ data: Uint8Array.from(data), width: 0, height: 0 })).toBeGreaterThan(20);
  });

  it("is drawn while its map is on its way, and by another unit too", async () => {
    await opened.page.evaluate(() => {
      const points = Array.from({ length: 400 }, (_, row) => [row % 4, row % 7, row % 11, row]);
      globalThis.raised = globalThis.unitPage.scatter({ points, nEpochs: 100_000 });
      globalThis.raised.ready.catch(() => undefined);
    });
    await expectStatus(widget(), /round/);
    await opened.page.evaluate(() => globalThis.raised.pause());
    await plot3d(3);
    await expectSpace();
    expect((await drawn())?.z.slice(3, 6)).toEqual([3, 4, 5]);
    await plot3d(0);
    await expect.poll(async () => (await drawn())?.z.slice(3, 6)).toEqual([3, 0, 1]);
    expect(await statusOf(widget())).toContain("round");
  });

  it("says which columns there are, and how many heights are needed", async () => {
    await showMap();
    expect(await plot3d(5)).toBe("height: there is no column 5 in 5 columns. Columns are 0 to 4.");
    expect(await plot3d([1, 2])).toMatch(/^2 heights for 40 rows\./);
    expect(await plot3d([1, 2], true)).toMatch(/^These numbers are no column of the points\./);
    expect(await space().count()).toBe(0);
  });
});

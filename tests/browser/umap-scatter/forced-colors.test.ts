import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { colouredPixels, type Pixels, pixelsOf } from "../../support/pixels.ts";
import { expectInk, expectStatus } from "../../support/scatter-actions.ts";
import type {} from "./scatter-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = () => opened.page.locator(".layerscope");
const body = () => widget().locator(".ls-body");

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts", { forcedColors: "active" });
  await opened.page.evaluate(async () => {
    // Ten rows on a grid, a class each: far enough apart for each mark to be cut out.
    const coords = Array.from({ length: 10 }, (_, row) => [row % 5, Math.floor(row / 5)]);
    await globalThis.scatterPage.show({ coords, labels: coords.map((_, row) => `class ${row}`) }).ready;
  });
  await expectInk(widget(), 0.001);
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** The marks' canvas alone: names lie on another. */
async function marksPicture(): Promise<Pixels> {
  const address = await body()
    .locator("canvas")
    .first()
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  return PNG.sync.read(Buffer.from(address.slice(address.indexOf(",") + 1), "base64"));
}

/** Each mark as a string of where it has ink, in the order of its middle from left to right, row by row. */
function marksIn({ data, width, height }: Pixels): string[] {
  const inked = (x: number, y: number) => (data[4 * (y * width + x) + 3] ?? 0) > 127;
  const columns: number[] = [];
  const seen = new Set<number>();
  const marks: string[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!inked(x, y) || seen.has(y * width + x)) continue;
      const pixels: [number, number][] = [];
      const open: [number, number][] = [[x, y]];
      seen.add(y * width + x);
      for (let next = open.pop(); next; next = open.pop()) {
        pixels.push(next);
        for (const [dx, dy] of [
          [-1, 0],
          [1, 0],
          [0, -1],
          [0, 1],
        ] as const) {
          const [toX, toY] = [next[0] + dx, next[1] + dy];
          const place = toY * width + toX;
          if (toX < 0 || toY < 0 || toX >= width || toY >= height || seen.has(place) || !inked(toX, toY)) continue;
          seen.add(place);
          open.push([toX, toY]);
        }
      }
      const left = Math.min(...pixels.map(([at]) => at));
      const top = Math.min(...pixels.map(([, at]) => at));
      columns.push(left);
      marks.push(
        pixels
          .map(([px, py]) => `${px - left},${py - top}`)
          .sort()
          .join(" "),
      );
    }
  return marks;
}

describe("where the system forces its colours", () => {
  it("ten classes have ten shapes, on the map and in the legend, and no colour", async () => {
    const marks = marksIn(await marksPicture());
    expect(marks).toHaveLength(10);
    expect(new Set(marks).size).toBe(10);
    const shapes = widget().locator(".ls-legend-row .ls-class-shape:visible path");
    const drawn = await shapes.evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));
    expect(new Set(drawn).size).toBe(10);
    for (const part of [".ls-body", ".ls-side"])
      expect(colouredPixels(await pixelsOf(widget().locator(part))), part).toBe(0);
  });

  it("a class in the legend has the shape of its mark", async () => {
    const isUpright = async (index: number) => {
      const box = await widget().locator(".ls-class-shape path").nth(index).boundingBox();
      return (box?.height ?? 0) > 2 * (box?.width ?? 0);
    };
    // The last is the standing bar.
    expect([await isUpright(9), await isUpright(0)]).toEqual([true, false]);
    await widget().locator(".ls-legend-row").nth(9).click();
    await expectStatus(widget(), /^1 of 10 selected/);
    const { data, width } = await marksPicture();
    const black: [number, number][] = [];
    for (let at = 0; at < data.length; at += 4)
      if ((data[at + 3] ?? 0) > 200 && Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) < 40)
        black.push([(at / 4) % width, Math.floor(at / 4 / width)]);
    const spread = (axis: 0 | 1) => Math.max(...black.map((p) => p[axis])) - Math.min(...black.map((p) => p[axis]));
    expect(spread(1)).toBeGreaterThan(2 * spread(0));
  });

  it("colours are back as soon as they are allowed again", async () => {
    await opened.page.emulateMedia({ forcedColors: "none" });
    await expect.poll(async () => colouredPixels(await pixelsOf(body()))).toBeGreaterThan(50);
    expect(await widget().locator(".ls-class-shape:visible").count()).toBe(0);
  });

  it("a saved figure keeps its colours: it is for other eyes", async () => {
    const text = await opened.page.evaluate(async () =>
      (
        await (document.querySelector("#root > div") as never as { save(as: string): Promise<Blob> }).save("svg")
      ).text(),
    );
    expect(text).toContain("#ec6700");
  });
});

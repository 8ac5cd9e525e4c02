import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type {} from "./mosaic-page.ts";

interface Written {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

let browser: Browser;
let opened: BrowserPage;
const widget = () => opened.page.locator(".layerscope").first();

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/mosaic/mosaic-page.ts");
  // What is written on a canvas is heard where it is written, until the canvas is emptied.
  await opened.page.evaluate(() => {
    const page = globalThis as unknown as { written: (Written & { readonly on: HTMLCanvasElement })[] };
    page.written = [];
    const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...place) {
      page.written = page.written.filter(({ on }) => on !== this.canvas);
      clearRect.apply(this, place);
    };
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
      const { e, f } = this.getTransform();
      page.written.push({ text, x: x + e / devicePixelRatio, y: y + f / devicePixelRatio, on: this.canvas });
      fillText.call(this, text, x, y);
    };
  });
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

const written = () =>
  opened.page.evaluate(() =>
    (globalThis as unknown as { written: Written[] }).written.map(({ text, x, y }) => ({ text, x, y })),
  );
const texts = async () => (await written()).map(({ text }) => text).toSorted();

/** A class at each of two corners of 10 × 10 cells: "lower left" and "<b>upper right</b>". */
const corners = (more: Readonly<Record<string, unknown>> = {}) =>
  opened.page.evaluate(async (given) => {
    const { mosaic, tiles } = globalThis.mosaicPage;
    const coords = Array.from({ length: 200 }, (_, tile) =>
      Float32Array.of((tile % 10) + (tile < 100 ? 0 : 50), (Math.floor(tile / 10) % 10) + (tile < 100 ? 0 : 50)),
    );
    const labels = coords.map((_, tile) => (tile < 100 ? "lower left" : "<b>upper right</b>"));
    await mosaic({ images: tiles(200), coords, labels, numTilesX: 20, ...given }).ready;
  }, more);

describe("the classes of a mosaic", () => {
  it("are named where most of their tiles lie, as text, over tiles and over points", async () => {
    await corners();
    await expect.poll(texts).toEqual(["<b>upper right</b>", "lower left", "x", "y"]);
    const box = await widget().locator(".ls-body").boundingBox();
    const shareOf = async (name: string) => {
      const { x = 0, y = 0 } = (await written()).find(({ text }) => text === name) ?? {};
      return [x / (box?.width ?? 1), y / (box?.height ?? 1)] as const;
    };
    const [lowX, lowY] = await shareOf("lower left");
    expect([lowX < 0.3, lowY > 0.7]).toEqual([true, true]);
    const [highX, highY] = await shareOf("<b>upper right</b>");
    expect([highX > 0.7, highY < 0.3]).toEqual([true, true]);
    await widget().getByRole("button", { name: "Points", exact: true }).click();
    await widget().getByRole("button", { name: "Tiles", exact: true }).waitFor();
    await expect.poll(texts).toEqual(["<b>upper right</b>", "lower left", "x", "y"]);
  });

  it("have no names where these are not wanted, set by the caller or by the reader", async () => {
    await corners({ classNames: false });
    await expect.poll(texts).toEqual(["x", "y"]);
    await widget().getByRole("button", { name: "Settings", exact: true }).click();
    await widget().getByText("class names", { exact: true }).click();
    await expect.poll(texts).toEqual(["<b>upper right</b>", "lower left", "x", "y"]);
  });

  it("have no names where numbers colour the tiles, and theirs again when classes do", async () => {
    await corners({ color: Array.from({ length: 200 }, (_, tile) => tile / 7) });
    await expect.poll(texts).toEqual(["x", "y"]);
    await opened.page.evaluate(async () => {
      await globalThis.mosaicPage.mosaicAt(0).update({ color: undefined });
    });
    await expect.poll(texts).toEqual(["<b>upper right</b>", "lower left", "x", "y"]);
  });

  it("are whole, and left out rather than written beside their tiles", async () => {
    const long = "immunohistochemistry of the colon";
    await opened.page.evaluate(async (name) => {
      const { mosaic, tiles } = globalThis.mosaicPage;
      // Six classes in the same small corner; one far away that gives the map its size.
      const coords = Array.from({ length: 140 }, (_, tile) =>
        Float32Array.of((tile % 2) / 2 + (tile < 120 ? 0 : 20), (tile % 3) / 2 + (tile < 120 ? 0 : 20)),
      );
      const labels = coords.map((_, tile) => (tile < 120 ? `class ${tile % 6}` : name));
      await mosaic({ images: tiles(140), coords, labels, numTilesX: 40 }).ready;
    }, long);
    await expect.poll(texts).toContain(long);
    const names = (await texts()).filter((text) => text.startsWith("class"));
    expect(names.length).toBeGreaterThan(0);
    expect(names.length).toBeLessThan(6);
  });
});

it("the corner arrow lies as far from the edges of its corner on the right as on the left, however short its names are", async () => {
  // In a square body tiles lie at the lower left and the upper right.
  await opened.page.setViewportSize({ width: 640, height: 700 });
  await corners({ labels: null });
  await expect.poll(texts).toEqual(["x", "y"]);
  const { width = 0 } = (await widget().locator(".ls-body").boundingBox()) ?? {};
  const arrow = (await written()).find(({ text }) => text === "x");
  // The letter takes some 6 px.
  const away = width - (arrow?.x ?? 0) - 6;
  expect(away).toBeGreaterThan(6);
  expect(away).toBeLessThan(12);
});

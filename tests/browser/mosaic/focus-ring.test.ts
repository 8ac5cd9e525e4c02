import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseColor } from "../../../src/widgets/theme/rgb.ts";
import { tokens } from "../../../src/widgets/theme/tokens.ts";
import { openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type {} from "./mosaic-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

it("the ring around a mosaic that has the focus is seen where tiles fill all of it", async () => {
  const opened = await openBrowserPage(browser, "tests/browser/mosaic/mosaic-page.ts");
  await opened.page.evaluate(async () => {
    const { mosaic, places, tiles } = globalThis.mosaicPage;
    await mosaic({ images: tiles(100), coords: places(10, 1), numTilesX: 10 }).ready;
  });
  const body = opened.page.locator(".ls-body");
  await body.focus();
  for (let times = 0; times < 6; times++) await opened.page.keyboard.press("+");
  const accent = parseColor(tokens.light.accent).rgb.join();
  const ringed = async () => {
    const { data, width, height } = PNG.sync.read(await body.screenshot());
    const colorAt = (x: number, y: number) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)].join();
    const upper = Array.from({ length: width }, (_, x) => colorAt(x, 1));
    const left = Array.from({ length: height }, (_, y) => colorAt(1, y));
    return [...upper, ...left].filter((color) => color === accent).length / (width + height);
  };
  await expect.poll(ringed).toBeGreaterThan(0.95);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

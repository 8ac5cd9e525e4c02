import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { marksOf, openPlot, settle } from "./open-plot.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Whether anything is drawn above the marks half way between row 0 and each of the others. */
async function linesFromFirst(page: Page): Promise<readonly number[]> {
  const marks = await marksOf(page);
  const [first = [0, 0], ...others] = marks;
  const middles = others.map(([x, y]) => [(x + first[0]) / 2, (y + first[1]) / 2] as const);
  const inked = await page.evaluate((places) => {
    const body = window.test.plots[0]?.body;
    const canvas = body?.querySelectorAll("canvas")[1];
    const context = canvas?.getContext("2d");
    const { left, top } = body?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return places.map(([x, y]) =>
      context?.getImageData(Math.floor(x - left) - 1, Math.floor(y - top) - 1, 3, 3).data.some((part) => part > 0),
    );
  }, middles);
  return inked.flatMap((isInked, place) => (isInked ? [place + 1] : []));
}

it("hovering a row draws hairlines to its true neighbours and to no other row, until it is left", async () => {
  const { page, close, errors } = await openPlot(browser, { rows: 10 });
  await page.evaluate(() => {
    const indices = Int32Array.from({ length: 30 }, (_, place) => [2, 5, 8][place % 3] ?? 0);
    window.test.plots[0]?.plot.setAxisNames(null);
    window.test.plots[0]?.plot.setNeighbors({ k: 3, indices, distances: new Float32Array(30) });
  });
  expect(await linesFromFirst(page)).toEqual([]);
  await page.evaluate(() => window.test.plots[0]?.plot.setHovered(0));
  await settle(page);
  await expect.poll(() => linesFromFirst(page)).toEqual([2, 5, 8]);
  await page.evaluate(() => window.test.plots[0]?.plot.setHovered(-1));
  await expect.poll(() => linesFromFirst(page)).toEqual([]);
  expect(errors).toEqual([]);
  await close();
});

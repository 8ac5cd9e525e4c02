import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Rgb } from "../../../src/widgets/theme/rgb.ts";
import { launchChromium } from "../../support/chromium.ts";
import { pixelsOf } from "../../support/pixels.ts";
import { marksOf, openPlot, settle } from "./open-plot.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Ten rows far apart, a class each; every animation stands still at 60 ms from its start. */
async function openStill(reducedMotion: "reduce" | "no-preference" = "no-preference") {
  const opened = await openPlot(browser, { rows: 10 }, { reducedMotion });
  await opened.page.evaluate(() => {
    const started: Animation[] = [];
    const { animate } = Element.prototype;
    Element.prototype.animate = function (this: Element, ...call) {
      const animation = Reflect.apply(animate, this, call);
      animation.pause();
      animation.currentTime = 60;
      started.push(animation);
      return animation;
    };
    Object.assign(window, { started });
  });
  return opened;
}

/** Rows 0 to 4 keep their colour from now on. */
const selectHalf = (page: Page, fades: boolean) =>
  page.evaluate((how) => window.test.plots[0]?.plot.setMask(Uint8Array.of(0b11111, 0), how), { fades });

const animations = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { started: Animation[] }).started.map(({ effect }) => effect?.getTiming().duration),
  );

async function colorsOf(page: Page): Promise<readonly Rgb[]> {
  const { data, width } = await pixelsOf(page.locator("body"));
  const box = await page.locator("body").boundingBox();
  return (await marksOf(page)).map(([x, y]) => {
    const at = 4 * (Math.floor(y - (box?.y ?? 0)) * width + Math.floor(x - (box?.x ?? 0)));
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  });
}

const BLACK: Rgb = [0, 0, 0];
const difference = (a: Rgb | undefined, b: Rgb | undefined) =>
  Math.max(...[0, 1, 2].map((part) => Math.abs((a?.[part] ?? 0) - (b?.[part] ?? 0))));

describe("another selection", () => {
  it("fades in over 120 ms: half way, what turns grey is half grey and what stays has not flickered", async () => {
    const { page, close, errors } = await openStill();
    const before = await colorsOf(page);
    await selectHalf(page, true);
    await settle(page);
    expect(await animations(page)).toEqual([120, 120]);
    const middle = await colorsOf(page);
    await page.evaluate(() => {
      for (const animation of (window as unknown as { started: Animation[] }).started) animation.finish();
    });
    await page.locator(".ls-plot-fading").waitFor({ state: "detached" });
    const after = await colorsOf(page);
    for (const row of [0, 1, 2, 3, 4])
      expect(difference(middle[row], before[row]), `row ${row}`).toBeLessThanOrEqual(2);
    for (const row of [5, 6, 7, 8, 9]) {
      const [from, to] = [before[row] ?? BLACK, after[row] ?? BLACK];
      const half: Rgb = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2];
      expect(difference(from, to), `row ${row}`).toBeGreaterThan(60);
      expect(difference(middle[row], half), `row ${row}`).toBeLessThanOrEqual(3);
    }
    expect(errors).toEqual([]);
    await close();
  });

  it("is there at once as a preview, and where motion is reduced", async () => {
    for (const [motion, fades] of [
      ["no-preference", false],
      ["reduce", true],
    ] as const) {
      const { page, close } = await openStill(motion);
      const before = await colorsOf(page);
      await selectHalf(page, fades);
      await settle(page);
      expect(await animations(page)).toEqual([]);
      expect(difference((await colorsOf(page))[7], before[7])).toBeGreaterThan(60);
      await close();
    }
  });

  it("does not fade over a view that has moved meanwhile", async () => {
    const { page, close } = await openStill();
    await selectHalf(page, true);
    await page.evaluate(() => window.test.plots[0]?.plot.zoomBy(3));
    await settle(page);
    expect(await page.locator(".ls-plot-fading").count()).toBe(0);
    await close();
  });
});

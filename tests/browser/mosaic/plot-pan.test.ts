import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { openPlot, probe, settle, zoomAt } from "./open-plot.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Move the view by keys, 40 px each, waiting for the frame of each. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  await page.evaluate(async (pressed) => {
    const { body } = window.tilePlot.plots[0] ?? {};
    for (const key of pressed) {
      body?.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: true, bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
  }, keys);
}

/**
 * How many parts of pixels differ from those of all tiles drawn anew. Browsers scale pictures in steps of a sixteenth of a
 * pixel, one of which a tile may differ by where it lies elsewhere.
 */
const differing = (page: Page) =>
  page.evaluate(async () => {
    const [mounted] = window.tilePlot.plots;
    const canvas = mounted?.body.querySelector("canvas");
    const pixels = () => canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const before = pixels();
    // Another look and back: no pan.
    window.tilePlot.select([0]);
    await new Promise(requestAnimationFrame);
    window.tilePlot.select(null);
    await new Promise(requestAnimationFrame);
    await mounted?.plot.whenSettled();
    const after = pixels();
    // As much as a faint colour is seen.
    const seen = (all: ArrayLike<number>, place: number) =>
      (place & 3) === 3 ? (all[place] ?? 0) : ((all[place] ?? 0) * (all[place | 3] ?? 0)) / 255;
    return Array.from(before, (_, place) => Math.abs(seen(before, place) - seen(after, place))).filter((by) => by > 16)
      .length;
  });

/** Tiles drawn from now on. */
const countDrawn = (page: Page) =>
  page.evaluate(() => {
    const canvas = window.tilePlot.plots[0]?.body.querySelector("canvas");
    const context = canvas?.getContext("2d");
    if (!canvas || !context) throw new Error("no canvas");
    const draw = context.drawImage.bind(context) as (...all: unknown[]) => void;
    const counter = { drawn: 0 };
    Object.assign(window, { counter });
    Object.assign(context, {
      drawImage(...all: unknown[]) {
        counter.drawn++;
        draw(...all);
      },
    });
  });
const drawn = (page: Page) => page.evaluate(() => (window as unknown as { counter: { drawn: number } }).counter.drawn);

describe("a view that is moved", () => {
  it.each([
    ["one pixel", 1, false],
    ["two pixels", 2, false],
    ["one pixel, faded and framed", 1, true],
  ])("shows what drawing all of it anew would show (%s a CSS pixel)", async (_, deviceScaleFactor, isMarked) => {
    const { page, close, errors } = await openPlot(browser, { rows: 3000, columns: 30 }, { deviceScaleFactor });
    if (isMarked) {
      await page.evaluate(() => window.tilePlot.paintClasses());
      await page.evaluate(() => window.tilePlot.focus(Array.from({ length: 900 }, (_, place) => place * 3)));
    }
    await zoomAt(page, 2.1, [200, 230]);
    await press(page, "ArrowLeft", "ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown");
    await settle(page);
    for (const { members, found } of isMarked ? [] : await probe(page)) expect(found).toBe(members[0]);
    expect(await differing(page)).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });

  it("draws few tiles but those that come into sight", async () => {
    const { page, close } = await openPlot(browser, { rows: 3000, columns: 30 });
    await zoomAt(page, 2.1, [200, 230]);
    const { length } = await probe(page);
    await press(page, "ArrowLeft", "ArrowRight");
    await settle(page);
    await countDrawn(page);
    await press(page, "ArrowLeft");
    expect(await drawn(page)).toBeGreaterThan(0);
    expect(await drawn(page)).toBeLessThan(length / 2);
    await close();
  });
});

it("tiles are drawn again where the browser has lost what was drawn", async () => {
  const { page, close } = await openPlot(browser, { rows: 500, columns: 10 });
  await page.evaluate(async () => {
    const canvas = window.tilePlot.plots[0]?.body.querySelector("canvas");
    canvas?.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
    canvas?.dispatchEvent(new Event("contextrestored"));
  });
  await settle(page);
  for (const { members, found } of await probe(page)) expect(found).toBe(members[0]);
  await close();
});

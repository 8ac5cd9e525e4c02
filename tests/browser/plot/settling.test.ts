import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { marksOf, type OpenPlot, openPlot, settle, viewOf } from "./open-plot.ts";

let browser: Browser;
let opened: OpenPlot;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openPlot(browser, { rows: 600 });
  page = opened.page;
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** Show the same rows elsewhere: each place times a 2 x 2 matrix. */
async function showTimes(by: readonly [number, number, number, number], settling: boolean): Promise<void> {
  await page.evaluate(
    ([[a, b, c, d], isSettling]) => {
      const mounted = window.test.plots[0];
      if (!mounted) throw new Error("no plot");
      const { positions } = mounted.clusters;
      const moved = positions.map((_, place) => {
        const x = positions[place & ~1] ?? 0;
        const y = positions[place | 1] ?? 0;
        return place % 2 ? c * x + d * y : a * x + b * y;
      });
      mounted.plot.setPositions(moved, { settling: isSettling });
    },
    [by, settling] as const,
  );
}

describe("a settling map", () => {
  it("moves the fit 15 % of the way with each of its frames", async () => {
    const before = await viewOf(page);
    await showTimes([2, 0, 0, 2], true);
    const once = await viewOf(page);
    expect(once.scale / before.scale).toBeCloseTo(0.5 ** 0.15, 6);
    await showTimes([2, 0, 0, 2], true);
    expect((await viewOf(page)).scale / before.scale).toBeCloseTo(0.5 ** (0.15 + 0.85 * 0.15), 6);
  });

  it("can't be pointed at until it has settled, and is fitted then", async () => {
    const fitted = await viewOf(page);
    const mark = (await marksOf(page))[300];
    if (!mark) throw new Error("no such mark");
    await showTimes([1, 0, 0, 1], true);
    await page.mouse.move(...mark);
    expect(await page.evaluate(() => window.test.plots[0]?.hovers.length)).toBe(0);
    await showTimes([1, 0, 0, 1], false);
    await settle(page);
    await page.mouse.move(mark[0], mark[1] + 0.5);
    expect(await page.evaluate(() => window.test.plots[0]?.hovers.at(-1)?.row)).toBeGreaterThanOrEqual(0);
    expect((await viewOf(page)).scale).toBeCloseTo(fitted.scale, 9);
  });

  it("leaves a view alone that the reader has moved", async () => {
    await page.evaluate(() => window.test.plots[0]?.plot.zoomBy(2));
    await settle(page);
    const before = await viewOf(page);
    await showTimes([1.5, 0, 0, 1.5], true);
    expect(await viewOf(page)).toEqual(before);
  });

  it("is drawn at most 30 times a second", async () => {
    const drawn = await page.evaluate(async () => {
      const mounted = window.test.plots[0];
      const context = mounted?.body.querySelector("canvas")?.getContext("2d");
      if (!mounted || !context) throw new Error("no plot");
      let pictures = 0;
      const put = context.putImageData.bind(context);
      context.putImageData = (image: ImageData, x: number, y: number) => {
        pictures++;
        put(image, x, y);
      };
      const start = performance.now();
      let frames = 0;
      while (performance.now() - start < 500) {
        mounted.plot.setPositions(mounted.clusters.positions.slice(), { settling: true });
        await new Promise(requestAnimationFrame);
        frames++;
      }
      return { pictures, frames, seconds: (performance.now() - start) / 1000 };
    });
    expect(drawn.pictures).toBeGreaterThan(1);
    expect(drawn.pictures).toBeLessThanOrEqual(Math.ceil(30.4 * drawn.seconds) + 1);
  });
});

describe("a re-run", () => {
  it("is turned and mirrored onto the picture before it", async () => {
    const before = await marksOf(page);
    await page.evaluate(() => {
      const mounted = window.test.plots[0];
      mounted?.plot.alignTo(mounted.clusters.positions);
    });
    await showTimes([0, 1, 1, 0], false);
    await settle(page);
    const after = await page.evaluate(() => {
      const mounted = window.test.plots[0];
      const box = mounted?.body.getBoundingClientRect();
      return Array.from({ length: 600 }, (_, row) => {
        const mark = mounted?.plot.markOf(row);
        return [(box?.left ?? 0) + (mark?.x ?? -1), (box?.top ?? 0) + (mark?.y ?? -1)] as const;
      });
    });
    const furthest = Math.max(
      ...after.map(([x, y], row) => Math.hypot(x - (before[row]?.[0] ?? 0), y - (before[row]?.[1] ?? 0))),
    );
    expect(furthest).toBeLessThan(0.05);
  });

  it("with another number of rows is shown whole, wherever the reader had gone", async () => {
    await page.evaluate(() => window.test.plots[0]?.plot.zoomBy(8));
    await settle(page);
    await page.evaluate(() =>
      window.test.plots[0]?.plot.setPositions(Float32Array.of(100, 100, 104, 102), { settling: false }),
    );
    const view = await viewOf(page);
    expect([view.centerX, view.centerY]).toEqual([102, 101]);
    expect(view.scale).toBeCloseTo((440 * 0.94) / 4, 6);
  });
});

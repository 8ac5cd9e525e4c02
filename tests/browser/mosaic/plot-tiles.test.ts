import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { normalizerPresets } from "../../../src/compute/images/stain/normalizer-presets.ts";
import { launchChromium } from "../../support/chromium.ts";
import { meanOfNumbered } from "./numbered-pictures.ts";
import { openPlot, probe, settle, zoomAt } from "./open-plot.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const atlasBytes = (page: Page) => page.evaluate(() => window.tilePlot.atlasBytes());
const MiB = 2 ** 20;

describe("the marks of classes", () => {
  it.each([
    ["frames", 16],
    ["tints", 40],
  ])("leave a tile's opacity what its share of the selection makes it: %s", async (_, columns) => {
    const { page, close } = await openPlot(browser, { rows: 600, columns });
    const chosen = Array.from({ length: 200 }, (_, place) => place * 3);
    await page.evaluate(() => window.tilePlot.paintClasses());
    await page.evaluate((rows) => window.tilePlot.select(rows), chosen);
    await settle(page);
    for (const { members, quarter } of await probe(page)) {
      const share = members.filter((row) => row % 3 === 0).length / members.length;
      expect((quarter[3] ?? 0) / 255).toBeCloseTo(0.2 + 0.8 * share, 1.9);
    }
    await close();
  });
});

describe("tiles of every kind", () => {
  it("are refined and told of as drawn where they are white all over", async () => {
    const { page, close } = await openPlot(browser, { rows: 3000, columns: 30, isBlank: true });
    await zoomAt(page, 12, [220, 220], { settles: false });
    await expect.poll(() => page.evaluate(() => window.tilePlot.plots[0]?.plot.level)).toBeGreaterThan(0);
    await page.evaluate(() => window.tilePlot.plots[0]?.plot.whenDrawn());
    await close();
  });

  it.each([
    [64, 1],
    [1, 64],
    [1, 1],
  ])("are drawn enlarged: %s x %s pixels", async (pictureWidth, pictureHeight) => {
    const shape = { pictureWidth, pictureHeight, isBlank: true };
    const { page, close } = await openPlot(browser, { rows: 50, columns: 4, width: 740, height: 740, ...shape });
    const [middle] = (await probe(page)).map(({ box }) => [box.left + box.width / 2, box.top + box.height / 2]);
    const inked = await page.evaluate(([x = 0, y = 0]) => {
      const canvas = window.tilePlot.plots[0]?.body.querySelector("canvas");
      const { data = [] } = canvas?.getContext("2d")?.getImageData(x - 2, y - 2, 5, 5) ?? {};
      return Math.max(...data);
    }, middle ?? []);
    expect(inked).toBe(255);
    await close();
  });
});

describe("pictures that are long on their way", () => {
  it("show the colour of what will be there in the stain that they are normalised to", async () => {
    const { page, close } = await openPlot(browser, { rows: 3000, columns: 30, isSlow: true, stain: "reinhard_fast" });
    await page.evaluate(() => window.tilePlot.plots[0]?.plot.whenDrawn());
    const even = (await probe(page)).filter(({ middle, quarter }) => `${middle}` === `${quarter}`);
    const isOfOne = ({ members, middle }: (typeof even)[number]) =>
      members.some((row) =>
        meanOfNumbered(row, normalizerPresets.reinhard_fast).every(
          (part, channel) => Math.abs(part - (middle[channel] ?? 0)) <= 1,
        ),
      );
    expect(even.filter(isOfOne).length).toBeGreaterThan(200);
    await close();
  });

  it("show the colour of what will be there, then themselves", async () => {
    const { page, close } = await openPlot(browser, { rows: 3000, columns: 30, isSlow: true });
    await page.evaluate(() => window.tilePlot.plots[0]?.plot.whenDrawn());
    const early = await probe(page);
    const unread = early.filter(({ found }) => found < 0);
    expect(early.length - unread.length).toBeLessThanOrEqual(64);
    expect(unread.length).toBeGreaterThan(200);
    for (const { members, middle, quarter } of unread) {
      expect(quarter).toEqual(middle);
      const isOf = (row: number) =>
        meanOfNumbered(row).every((part, channel) => Math.abs(part - (middle[channel] ?? 0)) <= 1);
      expect(members.some(isOf)).toBe(true);
    }
    await page.evaluate(() => window.tilePlot.plots[0]?.supply.release());
    await settle(page);
    for (const { members, found } of await probe(page)) expect(members).toContain(found);
    await close();
  });

  it("are asked for in large lots where they are not", async () => {
    const { page, close } = await openPlot(browser, { rows: 3000, columns: 30 });
    const asked = await page.evaluate(() => window.tilePlot.plots[0]?.supply.asked.map(({ length }) => length) ?? []);
    expect(asked.slice(0, 3)).toEqual([32, 32, 32]);
    expect(Math.max(...asked)).toBeGreaterThan(100);
    await close();
  });
});

describe("memory for pictures", () => {
  it("is given back when others take their place, and when the view ends", async () => {
    const { page, close } = await openPlot(browser, { rows: 3000, columns: 30 });
    const one = await atlasBytes(page);
    expect(one).toBeGreaterThan(0);
    await page.evaluate(async () => {
      const [mounted] = window.tilePlot.plots;
      mounted?.plot.setPictures({ ...mounted.supply.source, key: "others" }, null);
      await mounted?.plot.whenSettled();
    });
    expect(await atlasBytes(page)).toBe(one);
    await page.evaluate(() => window.tilePlot.plots[0]?.end.abort());
    expect(await atlasBytes(page)).toBe(0);
    await close();
  });

  it("is never more than 64 MB on canvases, whichever tiles are looked at", async () => {
    const { page, close } = await openPlot(browser, {
      rows: 20_000,
      columns: 50,
      width: 740,
      height: 480,
      pictureWidth: 128,
      pictureHeight: 128,
    });
    await zoomAt(page, 12, [370, 240]);
    const move = async (x: number, y: number) => {
      await page.evaluate(
        (by) => {
          const { body } = window.tilePlot.plots[0] ?? {};
          for (let step = 0; step < 10; step++)
            body?.dispatchEvent(new KeyboardEvent("keydown", { key: by, shiftKey: true, bubbles: true }));
        },
        x > 0 ? "ArrowRight" : x < 0 ? "ArrowLeft" : y > 0 ? "ArrowDown" : "ArrowUp",
      );
      await settle(page);
    };
    for (const [x, y] of [
      [1, 0],
      [1, 0],
      [0, 1],
      [-1, 0],
      [-1, 0],
      [-1, 0],
      [0, -1],
      [0, -1],
    ] as const) {
      await move(x, y);
      expect(await atlasBytes(page)).toBeLessThanOrEqual(64 * MiB);
    }
    await page.evaluate(() => window.tilePlot.plots[0]?.plot.fit());
    await settle(page);
    for (const { members, found } of await probe(page)) expect(found).toBe(members[0]);
    expect(await atlasBytes(page)).toBeLessThanOrEqual(64 * MiB);
    await close();
  });
});

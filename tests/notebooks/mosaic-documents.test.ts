import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { boxOf } from "../support/numbered-tiles.ts";
import { openFramework, openNotebookKit } from "../support/observable-site.ts";
import { type Pixels, pixelsOf } from "../support/pixels.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF } from "../support/scatter-actions.ts";
import { TOUR } from "../support/tour-widgets.ts";

const FOLDER = "notebooks/data/picture-network";
/** Of a cell's side: the frame, and the gap between it and the picture. */
const FRAME = 0.25;
const MARGIN = 0.03;

interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Cells of the mosaic on its body, lower left first, CSS pixels. */
async function cellsOf(mosaic: Locator): Promise<readonly Square[]> {
  const [columns = 0, lines = 0] =
    /(\d+) × (\d+)$/
      .exec((await mosaic.locator(".ls-subtitle").textContent()) ?? "")
      ?.slice(1)
      .map(Number) ?? [];
  const { width, height } = await boxOf(mosaic);
  const side = (1 - 2 * MARGIN) * Math.min(width / columns, height / lines);
  return Array.from({ length: columns * lines }, (_, cell) => ({
    left: width / 2 + ((cell % columns) - columns / 2) * side,
    top: height / 2 + (lines / 2 - Math.floor(cell / columns) - 1) * side,
    side,
  }));
}

/** Mean colours of the quarters of a square, without its edge. */
function quartersOf({ data, width }: Pixels, { left, top, side }: Square): number[] {
  const inner = (side * (1 - 2 * FRAME)) / 2;
  return [0, 1, 2, 3].flatMap((quarter) => {
    const [x, y] = [left + side * FRAME + (quarter % 2) * inner, top + side * FRAME + (quarter >> 1) * inner];
    const sums = [0, 0, 0];
    let count = 0;
    for (let down = Math.ceil(y); down < y + inner; down++)
      for (let right = Math.ceil(x); right < x + inner; right++, count++)
        for (const part of [0, 1, 2]) sums[part] = (sums[part] ?? 0) + (data[4 * (down * width + right) + part] ?? 0);
    return sums.map((sum) => sum / count);
  });
}

/** All crops as the browser decodes them, 64 px a side. */
async function decodeCrops(page: Page): Promise<readonly Pixels[]> {
  const { offsets } = JSON.parse(await readFile(`${FOLDER}/crops.json`, "utf8")) as { offsets: number[] };
  const packed = await readFile(`${FOLDER}/crops.bin`);
  const texts = offsets.slice(1).map((end, row) => packed.subarray(offsets[row], end).toString("base64"));
  const decoded = await page.evaluate(async (pictures) => {
    const context = new OffscreenCanvas(64, 64).getContext("2d", { willReadFrequently: true });
    const pixels: string[] = [];
    for (const text of pictures) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      context?.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0, 64, 64);
      pixels.push(btoa(String.fromCharCode(...(context?.getImageData(0, 0, 64, 64).data ?? []))));
    }
    return pixels;
  }, texts);
  return decoded.map((text) => ({ width: 64, height: 64, data: Buffer.from(text, "base64") }));
}

const distance = (one: readonly number[], other: readonly number[]) =>
  Math.max(...one.map((part, at) => Math.abs(part - (other[at] ?? 0))));

describe("the tour's mosaic in an Observable document", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it("shows in each cell the crop that its tooltip names, is linked with both maps, and a cell follows", async () => {
    const document = await openNotebookKit(browser, "tour.html");
    const { page } = document;
    const [seen, said, mosaic] = [TOUR.seen, TOUR.other, TOUR.mosaic].map((at) =>
      page.locator(".layerscope").nth(at),
    ) as [Locator, Locator, Locator];
    for (const widget of [seen, said]) {
      await widget.scrollIntoViewIfNeeded();
      await expectInk(widget);
    }
    await mosaic.scrollIntoViewIfNeeded();
    await expectInk(mosaic, 0.05);

    // The tiles alone: names of classes lie on them, and beside them.
    await mosaic.getByRole("button", { name: "Settings", exact: true }).click();
    await mosaic.getByText("class names", { exact: true }).click();
    await mosaic.getByRole("button", { name: "Close settings" }).click();
    await mosaic.getByRole("button", { name: "Fit", exact: true }).click();
    const crops = await decodeCrops(page);
    const picture = await pixelsOf(mosaic.locator(".ls-body"));
    const box = await boxOf(mosaic);
    const name = mosaic.locator(".ls-tooltip-name");
    const looked: { readonly row: number; readonly away: number; readonly others: number }[] = [];
    let before = "";
    for (const square of (await cellsOf(mosaic)).filter((_, cell) => cell % 5 === 0)) {
      const isInked = distance(quartersOf(picture, square), Array(12).fill(255)) > 24;
      if (!isInked || square.top + square.side > box.height - 70) continue;
      await page.mouse.move(box.x + square.left + square.side / 2, box.y + square.top + square.side / 2);
      await expect.poll(() => name.textContent()).not.toBe(before);
      before = (await name.textContent()) ?? "";
      const row = Number(/^row ([\d,]+)$/.exec(before)?.[1]?.replace(",", ""));
      const found = quartersOf(picture, square);
      const away = crops.map((crop) => distance(found, quartersOf(crop, { left: 0, top: 0, side: 64 })));
      looked.push({ row, away: away[row] ?? 255, others: away.filter((each) => each < (away[row] ?? 255)).length });
      if (looked.length === 15) break;
    }
    expect(looked.length).toBeGreaterThan(8);
    for (const { row, away } of looked) expect(away, `the tile of row ${row}`).toBeLessThan(45);
    // Crops of one picture are alike: hardly any other than the named one is nearer to what is drawn.
    const nearer = looked.map(({ others }) => others).sort((a, b) => a - b);
    expect(nearer[Math.floor(nearer.length / 2)]).toBeLessThan(5);

    await drawLasso(mosaic, LEFT_HALF);
    const count = /^[\d,]+/.exec(await expectStatus(mosaic, /of 1,000 selected/))?.[0] ?? "nothing";
    for (const widget of [seen, said]) await expectStatus(widget, new RegExp(`^${count} of 1,000 selected`));
    await page.getByText(`${count.replace(",", "")} crops selected: `).waitFor();
    await drawLasso(said, [
      [0.5, 0.03],
      [0.97, 0.03],
      [0.97, 0.9],
      [0.5, 0.9],
    ]);
    const other = /^[\d,]+/.exec(await expectStatus(said, new RegExp(`^(?!${count})[\\d,]+ of 1,000 selected`)))?.[0];
    await expectStatus(mosaic, new RegExp(`^${other} of 1,000 selected`));
    expect(document.outside).toEqual([]);
    expect(document.errors).toEqual([]);
    await document.close();
  });

  it("lies on the map of the Framework page, linked with it", async () => {
    const site = await openFramework(browser);
    const [map, mosaic] = [site.page.locator(".layerscope").nth(0), site.page.locator(".layerscope").nth(1)];
    await expectInk(map);
    await mosaic.scrollIntoViewIfNeeded();
    await expectInk(mosaic, 0.05);
    await drawLasso(mosaic, LEFT_HALF);
    const count = /^[\d,]+/.exec(await expectStatus(mosaic, /of 1,797 selected/))?.[0] ?? "nothing";
    await expectStatus(map, new RegExp(`^${count} of 1,797 selected`));
    expect(site.outside).toEqual([]);
    expect(site.errors).toEqual([]);
    await site.close();
  });
});

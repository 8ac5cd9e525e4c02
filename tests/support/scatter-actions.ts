import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { inkedPixels, pixelsOf } from "./pixels.ts";

const body = (widget: Locator) => widget.locator(".ls-body");

/** The sentence of the status line, without what is at its right. */
export async function statusOf(widget: Locator): Promise<string> {
  return (await widget.locator(".ls-sentences").allTextContents()).join(" ");
}

/** Wait until the status line says something like this; gives the whole sentence. */
export async function expectStatus(widget: Locator, sentence: RegExp, timeout = 30_000): Promise<string> {
  let said = "";
  const read = async () => {
    said = await statusOf(widget);
    return said;
  };
  await expect.poll(read, { timeout, interval: 50 }).toMatch(sentence);
  // Not read once more: it may say something else by now.
  return said;
}

/** Draw a lasso through points given as fractions of the map's width and height. */
export async function drawLasso(widget: Locator, corners: readonly (readonly [number, number])[]): Promise<void> {
  await body(widget).scrollIntoViewIfNeeded();
  const box = await body(widget).boundingBox();
  if (!box) throw new Error("The map has no box.");
  const { mouse } = widget.page();
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  const [first, ...others] = corners.map(at);
  if (!first) return;
  await mouse.move(...first);
  await mouse.down();
  for (const corner of [...others, first]) await mouse.move(...corner, { steps: 8 });
  await mouse.up();
}

/** The left half of the map, without its edge. */
export const LEFT_HALF = [
  [0.03, 0.03],
  [0.5, 0.03],
  [0.5, 0.9],
  [0.03, 0.9],
] as const;

/** The share of the map's pixels that are not of the page's colour: the marks, their names, the corner arrow. */
export async function inkOf(widget: Locator): Promise<number> {
  const pixels = await pixelsOf(body(widget));
  return inkedPixels(pixels) / (pixels.width * pixels.height);
}

/** Wait until at least this share of the map is inked; names and arrow alone make up less than 0.006. */
export async function expectInk(widget: Locator, share = 0.015, timeout = 60_000): Promise<void> {
  await expect.poll(() => inkOf(widget), { timeout, interval: 100 }).toBeGreaterThan(share);
}

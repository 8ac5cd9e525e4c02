import { readFile } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { listedUnits, shownUnits } from "./drawn-boxes.ts";
import { type Pixels, pixelsOf } from "./pixels.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF } from "./scatter-actions.ts";

const FOLDER = "notebooks/data/picture-network";

/** The five widgets that `explore` has laid out. */
export type Explored = Readonly<Record<"map" | "mosaic" | "units" | "featureMaps" | "saliency", Locator>>;

export function exploredIn(root: Locator): Explored {
  const at = (part: string) => root.locator(`[data-ls-part="${part}"] .layerscope`);
  return {
    map: at("map"),
    mosaic: at("mosaic"),
    units: at("units"),
    featureMaps: at("featureMaps"),
    saliency: at("saliency"),
  };
}

const subtitleOf = (widget: Locator) => widget.locator(".ls-subtitle").textContent();
const bodyOf = (widget: Locator) => widget.locator(".ls-body");

/** All five are drawn, the last two of the first picture. */
export async function expectExplored({ map, mosaic, units, featureMaps, saliency }: Explored): Promise<void> {
  await expectInk(map);
  await expectInk(mosaic, 0.04);
  await expect.poll(() => shownUnits(units), { timeout: 60_000 }).toHaveLength(6);
  await expectOfPicture({ featureMaps, saliency }, 1);
}

/** Feature maps and saliency are those of this picture, counted from 1: by its name, and by its pixels. */
export async function expectOfPicture(
  { featureMaps, saliency }: Pick<Explored, "featureMaps" | "saliency">,
  picture: number,
): Promise<void> {
  await expect.poll(() => subtitleOf(featureMaps), { timeout: 60_000 }).toMatch(new RegExp(`^picture ${picture}, `));
  await expect.poll(() => subtitleOf(saliency), { timeout: 60_000 }).toMatch(new RegExp(`, picture ${picture}$`));
  const crop = await decodedCrop(featureMaps, picture - 1);
  for (const shown of [
    featureMaps.locator("canvas.ls-map-input").first(),
    saliency.locator("canvas.ls-panel-pixels").first(),
  ])
    await expect.poll(async () => furthest(await canvasPixels(shown), crop), { timeout: 60_000 }).toBeLessThan(3);
  // The map itself: no panel of it is the picture, and it is no plain grey.
  const overlay = await canvasPixels(saliency.locator("canvas.ls-panel-pixels").nth(1));
  expect(furthest(overlay, crop)).toBeGreaterThan(30);
  expect(new Set(overlay).size).toBeGreaterThan(20);
}

/**
 * A lasso around the left half of the map selects there, in the mosaic, whose other tiles fade, and in the units, which
 * are ranked by what tells these pictures from the rest. Gives how many are selected.
 */
export async function expectLassoFollowed({ map, mosaic, units }: Explored): Promise<number> {
  await mosaic.scrollIntoViewIfNeeded();
  const before = await pixelsOf(bodyOf(mosaic));
  const ranked = await listedUnits(units);
  await drawLasso(map, LEFT_HALF);
  const sentence = await expectStatus(map, /^[\d,]+ of 1,000 selected/);
  const count = /^[\d,]+/.exec(sentence)?.[0] ?? "nothing";
  await expectStatus(mosaic, new RegExp(`^${count} of 1,000 selected`));
  await expectStatus(units, new RegExp(`^${count} of 1,000 selected`));
  await expect.poll(() => listedUnits(units)).not.toEqual(ranked);
  // Fading leaves a fifth of what is drawn; a cell that is half selected keeps more.
  const share = async (from: number, to: number) => {
    const after = await pixelsOf(bodyOf(mosaic));
    return drawnIn(after, from, to) / drawnIn(before, from, to);
  };
  await expect.poll(() => share(0.6, 1)).toBeLessThan(0.5);
  expect(await share(0, 0.4)).toBeGreaterThan(0.9);
  return Number(count.replace(",", ""));
}

/** Click a tile of the mosaic's right half; gives the number of the picture that its tooltip names, from 1. */
export async function clickTile({ mosaic }: Explored): Promise<number> {
  await mosaic.scrollIntoViewIfNeeded();
  const box = await bodyOf(mosaic).boundingBox();
  if (!box) throw new Error("The mosaic has no box.");
  const { mouse } = mosaic.page();
  const [x, y] = tileIn(await pixelsOf(bodyOf(mosaic)));
  await mouse.move(box.x + x, box.y + y);
  const name = mosaic.locator(".ls-tooltip-name");
  await expect.poll(() => name.textContent()).toMatch(/^picture [\d,]+$/);
  const picture = Number((await name.textContent())?.replace(/\D/g, ""));
  await mouse.down();
  await mouse.up();
  return picture;
}

/** A place in the right half with tile all around it. */
function tileIn({ width, height, data }: Pixels): readonly [number, number] {
  const isTile = (x: number, y: number) =>
    [-6, 0, 6].every((right) =>
      [-6, 0, 6].every((down) => {
        const at = 4 * ((y + down) * width + x + right);
        return data.subarray(at, at + 3).every((part) => part < 250);
      }),
    );
  for (let y = 20; y < height - 20; y++)
    for (let x = Math.round(width / 2); x < width - 20; x++) if (isTile(x, y)) return [x, y];
  throw new Error("No tile lies there.");
}

/** How far a part of the picture, given in shares of its width, is from the white of the page. */
function drawnIn({ width, data }: Pixels, from: number, to: number): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) {
    const x = ((at / 4) % width) / width;
    if (x >= from && x < to) for (const part of [0, 1, 2]) sum += 255 - (data[at + part] ?? 255);
  }
  return sum;
}

const canvasPixels = (canvas: Locator): Promise<readonly number[]> =>
  canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    return [...((element as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data ?? [])];
  });

/** A crop of the tour's as the browser decodes it. */
async function decodedCrop(near: Locator, row: number): Promise<readonly number[]> {
  const { offsets } = JSON.parse(await readFile(`${FOLDER}/crops.json`, "utf8")) as { offsets: number[] };
  const packed = await readFile(`${FOLDER}/crops.bin`);
  const text = packed.subarray(offsets[row], offsets[row + 1]).toString("base64");
  return near.evaluate(async (_, text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    return [...(context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [])];
  }, text);
}

/** The largest difference between two pictures of one size. */
function furthest(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length || one.length === 0) return 255;
  return one.reduce((most, part, at) => Math.max(most, Math.abs(part - (other[at] ?? 0))), 0);
}

import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { fitView, noTurn, toBody, type View, zoomView } from "../../src/widgets/plane/view.ts";
import { rowInPixels } from "../browser/mosaic/numbered-pictures.ts";
import { type Pixels, pixelsOf } from "./pixels.ts";

/** Cells across and up that the tiles of these tests lie in. */
export const COLUMNS = 40;
export const LINES = 30;
/** Steps of the plastic sequence (Roberts 2018), which spreads places evenly: the same numbers in Python and here. */
const STEPS = [0.7548776662466927, 0.5698402909980532] as const;
/** A cell as wide as this is split in four, CSS pixels. */
const SPLIT_AT = 96;
/** What the corner arrow and its names take of the body, CSS pixels. */
const CORNER = 70;

/** Python that makes `tiles`, `count` pictures of 16 px that carry their row in their pixels, and `xy`, where they lie. */
export function numberedTiles(count: number): string {
  return `import layerscope as ls, numpy as np
rows = np.arange(${count})
xy = np.stack([rows * ${STEPS[0]} % 1 * ${COLUMNS}, rows * ${STEPS[1]} % 1 * ${LINES}], 1)
xy[0], xy[1] = (0, 0), (${COLUMNS}, ${LINES})
def digit(number):
    return (np.stack([number % 8, number // 8 % 8, number // 64], -1) * 36)[:, None, None]
tiles = np.zeros((len(rows), 16, 16, 3), "u1")
tiles[:, :8, :8] = 255
tiles[:, :8, 8:] = digit(rows // 512)
tiles[:, 8:, :8] = digit(rows % 512)`;
}

/** Where tile `row` lies, as in Python. */
export function placeOf(row: number): readonly [number, number] {
  if (row === 0) return [0, 0];
  if (row === 1) return [COLUMNS, LINES];
  return [Math.fround(((row * STEPS[0]) % 1) * COLUMNS), Math.fround(((row * STEPS[1]) % 1) * LINES)];
}

/** The rows of every cell that holds some, ascending, by "column, line". */
export function cellsAt(count: number, level: number): ReadonlyMap<string, readonly number[]> {
  const parts = 2 ** level;
  const cells = new Map<string, number[]>();
  for (let row = 0; row < count; row++) {
    const [x, y] = placeOf(row);
    const column = Math.min(COLUMNS * parts - 1, Math.floor(x * parts));
    const line = Math.min(LINES * parts - 1, Math.floor(y * parts));
    const cell = `${column}, ${line}`;
    const members = cells.get(cell);
    if (members) members.push(row);
    else cells.set(cell, [row]);
  }
  return cells;
}

/** What a plane shows of these tiles when it is fitted to all of them. */
export async function fittedView(widget: Locator): Promise<View> {
  const { width, height } = await boxOf(widget);
  return fitView({ left: 0, right: COLUMNS, bottom: 0, top: LINES }, width, height, noTurn);
}

/** Hold Ctrl and turn the wheel about a place of the body, given in fractions; answers what is shown then. */
export async function zoomIn(
  widget: Locator,
  view: View,
  [x, y]: readonly [number, number],
  doublings: number,
): Promise<View> {
  const { page, box } = { page: widget.page(), box: await boxOf(widget) };
  // Whole pixels, as a pointer has them.
  const at = [Math.round(box.x + x * box.width), Math.round(box.y + y * box.height)] as const;
  await page.mouse.move(...at);
  await page.keyboard.down("Control");
  for (let turned = 0; turned < 4 * doublings; turned++) await page.mouse.wheel(0, -120);
  await page.keyboard.up("Control");
  await page.mouse.move(box.x - 8, box.y - 8);
  return zoomView(view, 2 ** doublings, at[0] - box.x, at[1] - box.y);
}

/** From where on nothing is split any more: nearly all tiles are alone in their cells. */
function finestLevel(count: number): number {
  for (let level = 0; ; level++) {
    const alone = [...cellsAt(count, level).values()].filter((members) => members.length === 1);
    if (alone.length >= 0.95 * count) return level;
  }
}

/** What was seen of the tiles on the body of a mosaic. */
export interface Probed {
  readonly level: number;
  /** Cells looked at. */
  readonly count: number;
  /** Those that show something else than their first tile, upright. */
  readonly wrong: readonly string[];
}

/** Look at all cells that lie wholly on a picture of a view: which tile do its pixels carry? */
export function probeTiles(pixels: Pixels, count: number, view: View): Probed {
  const wanted = view.scale < SPLIT_AT ? 0 : Math.floor(Math.log2(view.scale / SPLIT_AT)) + 1;
  const level = Math.min(wanted, finestLevel(count));
  const side = view.scale / 2 ** level;
  const wrong: string[] = [];
  let probes = 0;
  for (const [cell, members] of cellsAt(count, level)) {
    const [column = 0, line = 0] = cell.split(", ").map(Number);
    const [left, top] = toBody(view, column / 2 ** level, (line + 1) / 2 ** level);
    if (left < 1 || top < 1 || left + side > view.width - 1 || top + side > view.height - 1) continue;
    if (left < CORNER && top + side > view.height - CORNER) continue;
    const found = rowInPixels((x, y) => colorAt(pixels, view, left + x * side, top + y * side));
    probes++;
    if (found !== members[0]) wrong.push(`level ${level}, cell ${cell}: tile ${found}, not ${members[0]}`);
  }
  return { level, count: probes, wrong };
}

/**
 * Wait until every cell on the body shows its tile, more than `least` of them; answers the level. Pictures are fetched as
 * they come into view: until then their cells are blank.
 */
export async function expectTiles(widget: Locator, count: number, view: View, least: number): Promise<number> {
  const probe = async () => probeTiles(await pixelsOf(widget.locator(".ls-body")), count, view);
  await expect.poll(async () => (await probe()).wrong.slice(0, 5), { timeout: 60_000, interval: 200 }).toEqual([]);
  const probed = await probe();
  expect(probed.wrong).toEqual([]);
  expect(probed.count).toBeGreaterThan(least);
  return probed.level;
}

/** The colour at a place of the body, CSS pixels, in a picture of it of any size. */
export function colorAt({ data, width }: Pixels, view: View, x: number, y: number): readonly number[] {
  const ratio = width / view.width;
  const at = 4 * (Math.floor(y * ratio) * width + Math.floor(x * ratio));
  return [...data.subarray(at, at + 4)];
}

/** The middle of a place's cell on the screen, CSS pixels of the page. */
export async function cellOnScreen(widget: Locator, column: number, line: number): Promise<readonly [number, number]> {
  const [box, view] = [await boxOf(widget), await fittedView(widget)];
  const [x, y] = toBody(view, column + 0.5, line + 0.5);
  return [box.x + x, box.y + y];
}

export async function boxOf(widget: Locator) {
  const body = widget.locator(".ls-body");
  await body.scrollIntoViewIfNeeded();
  const box = await body.boundingBox();
  if (!box) throw new Error("The mosaic has no box.");
  return box;
}

import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { toBody } from "../../src/widgets/plane/view.ts";
import {
  boxOf,
  COLUMNS,
  cellOnScreen,
  cellsAt,
  colorAt,
  expectTiles,
  fittedView,
  numberedTiles,
  placeOf,
  zoomIn,
} from "../support/numbered-tiles.ts";
import { pixelsOf } from "../support/pixels.ts";
import { drawLasso, expectStatus, LEFT_HALF, statusOf } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

const TILES = 3000;
const cells = cellsAt(TILES, 0);
const BOTH = [
  numberedTiles(TILES),
  `scatter = ls.UmapScatter(coords=xy, title="Points")
scatter`,
  `mosaic = ls.Mosaic(tiles, scatter, num_tiles_x=${COLUMNS})
await mosaic`,
];

/** The cell that holds this tile. */
function cellOf(row: number): readonly [number, number] {
  const [x, y] = placeOf(row);
  return [Math.floor(x), Math.floor(y)];
}

async function pointAt(mosaic: Locator, row: number): Promise<void> {
  await mosaic.page().mouse.move(...(await cellOnScreen(mosaic, ...cellOf(row))));
}

/** Whether a ring is drawn about a place of the map: pixels that were not there when nothing was pointed at. */
async function isRinged(
  widget: Locator,
  before: Awaited<ReturnType<typeof pixelsOf>>,
  x: number,
  y: number,
  reach: number,
) {
  const view = await fittedView(widget);
  const after = await pixelsOf(widget.locator(".ls-body"));
  const [left, top] = toBody(view, x, y);
  for (let down = -reach; down <= reach; down++)
    for (let right = -reach; right <= reach; right++) {
      const [was, is] = [before, after].map((pixels) => colorAt(pixels, view, left + right, top + down));
      if (is?.some((part, at) => Math.abs(part - (was?.[at] ?? 0)) > 60)) return true;
    }
  return false;
}

/** All that the two share, seen as a reader sees it: selections and hovers, one way and the other. */
async function expectLinked(scatter: Locator, mosaic: Locator): Promise<void> {
  await drawLasso(scatter, LEFT_HALF);
  const half = await expectStatus(scatter, /^[\d,]+ of 3,000 selected/);
  await expectStatus(mosaic, new RegExp(`^${/^[\d,]+/.exec(half)?.[0]} of`));
  const view = await fittedView(mosaic);
  const whiteOf = async (column: number, line: number) => {
    const [x, y] = toBody(view, column + 0.25, line + 0.75);
    return colorAt(await pixelsOf(mosaic.locator(".ls-body")), view, x, y);
  };
  const black = async (column: number) => {
    const [x, y] = toBody(view, column + 0.75, 15.25);
    return (colorAt(await pixelsOf(mosaic.locator(".ls-body")), view, x, y)[0] ?? 0) < 60;
  };
  // The page is white, so it is black that fades.
  await expect.poll(async () => [await black(4), await black(36)]).toEqual([true, false]);
  expect(await whiteOf(4, 15)).toEqual([255, 255, 255, 255]);

  await pointAt(mosaic, 777);
  await mosaic.page().mouse.down();
  await mosaic.page().mouse.up();
  const members = cells.get(cellOf(777).join(", ")) ?? [];
  await expectStatus(scatter, new RegExp(`^${members.length} of 3,000 selected`));
  await mosaic.page().keyboard.press("Escape");
  await mosaic.page().keyboard.press("Escape");
  await expect.poll(() => statusOf(scatter)).not.toMatch(/selected/);

  await away(mosaic);
  const [first = -1] = cells.get(cellOf(1234).join(", ")) ?? [];
  const [points, tiles] = [await pixelsOf(scatter.locator(".ls-body")), await pixelsOf(mosaic.locator(".ls-body"))];
  expect(await isRinged(scatter, points, ...placeOf(first), 9)).toBe(false);
  await pointAt(mosaic, 1234);
  await expect.poll(() => isRinged(scatter, points, ...placeOf(first), 9)).toBe(true);
  await away(mosaic);
  await expect.poll(() => isRinged(scatter, points, ...placeOf(first), 9)).toBe(false);

  const [box, map] = [await boxOf(scatter), await fittedView(scatter)];
  const [x, y] = toBody(map, ...placeOf(1234));
  await mosaic.page().mouse.move(box.x + x, box.y + y);
  const [column, line] = cellOf(1234);
  await expect.poll(() => isRinged(mosaic, tiles, column + 0.5, line + 0.5, 9)).toBe(true);
  await away(scatter);
}

/** The pointer leaves the widget for its page. */
async function away(widget: Locator): Promise<void> {
  const { x, y } = await boxOf(widget);
  await widget.page().mouse.move(x - 12, y - 4);
}

describe("a mosaic and the scatter that it lies on", () => {
  const lab = useLab();
  const open = (...more: readonly string[]) =>
    lab.open([...BOTH, ...more], { viewport: { width: 1280, height: 2000 } });

  it("share selection and hover both ways, and Python sees the same rows", async () => {
    const notebook = await open();
    await notebook.runAll();
    const [scatter, mosaic] = [notebook.widget(0), notebook.widget(1)];
    await expectTiles(mosaic, TILES, await fittedView(mosaic), 1000);
    await expectLinked(scatter, mosaic);
    await pointAt(mosaic, 777);
    await notebook.page.mouse.down();
    await notebook.page.mouse.up();
    const [column, line] = cellOf(777);
    const members = JSON.stringify(cells.get(`${column}, ${line}`)).replaceAll(",", ", ");
    for (const rows of ["mosaic.selected", "scatter.selected", `mosaic.points_at_grid_index(${column}, ${line})`])
      await notebook.askUntil(`print(${rows}.tolist())`, (answer) => answer === members);
    await notebook.ask("mosaic.selected = [5, 6, 7, 8]");
    await expectStatus(scatter, /^4 of 3,000 selected/);
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });

  it("share them after the kernel is gone, and the tiles that were seen are still the right ones", async () => {
    const notebook = await open();
    await notebook.runAll();
    const [scatter, mosaic] = [notebook.widget(0), notebook.widget(1)];
    const whole = await fittedView(mosaic);
    await expectTiles(mosaic, TILES, whole, 1000);
    process.kill(Number(await notebook.ask("import os; print(os.getpid())")), "SIGKILL");
    await notebook.page.getByRole("dialog").getByRole("button", { name: "Ok" }).click();
    await expectStatus(mosaic, /^Python has stopped; the picture still works\./);
    await expectTiles(mosaic, TILES, whole, 1000);
    // Twice as near the cells are the same ones, drawn larger.
    expect(await expectTiles(mosaic, TILES, await zoomIn(mosaic, whole, [0.4, 0.4], 1), 200)).toBe(0);
    await mosaic.locator(".ls-body").focus();
    await notebook.page.keyboard.press("0");
    await expectTiles(mosaic, TILES, whole, 1000);
    await expectLinked(scatter, mosaic);
  });

  it("share them in an exported page, opened from the disk with the network cut", async () => {
    const notebook = await open(`ls.to_html("both.html", scatter, mosaic)`);
    await notebook.runAll();
    const path = join(lab.server.folder, "both.html");
    await expect
      .poll(() =>
        stat(path).then(
          ({ size }) => size,
          () => 0,
        ),
      )
      .toBeGreaterThan(1_000_000);
    const context = await lab.browser.newContext({ offline: true, viewport: { width: 1100, height: 1600 } });
    const page = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`file://${path}`);
    const [scatter, mosaic] = [page.locator(".layerscope").nth(0), page.locator(".layerscope").nth(1)];
    const whole = await fittedView(mosaic);
    await expectTiles(mosaic, TILES, whole, 1000);
    await expectLinked(scatter, mosaic);
    expect(await expectTiles(mosaic, TILES, await zoomIn(mosaic, whole, [0.6, 0.4], 4), 6)).toBeGreaterThan(0);
    expect(requests.filter((url) => /^(https?|wss?):/.test(url))).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});

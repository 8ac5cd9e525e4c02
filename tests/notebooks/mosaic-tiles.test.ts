import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import {
  COLUMNS,
  cellsAt,
  expectTiles,
  fittedView,
  numberedTiles,
  probeTiles,
  zoomIn,
} from "../support/numbered-tiles.ts";
import { useLab } from "../support/use-lab.ts";

const TILES = 12_000;

describe("tiles that carry their number, in JupyterLab", () => {
  const lab = useLab();
  const open = (...cells: readonly string[]) => lab.open(cells, { viewport: { width: 1280, height: 1200 } });

  it("stand in their cells on the screen: a thousand at once, and the right ones of every part at each zoom", async () => {
    const notebook = await open(
      numberedTiles(TILES),
      `mosaic = ls.Mosaic(tiles, xy, num_tiles_x=${COLUMNS})
await mosaic`,
    );
    await notebook.runAll();
    const widget = notebook.widget();
    let view = await fittedView(widget);
    const levels = [await expectTiles(widget, TILES, view, 1000)];
    for (const [about, doublings] of [
      [[0.4, 0.5], 2],
      [[0.7, 0.3], 2],
      [[0.35, 0.6], 1],
      // Here tiles are alone in their cells, which are drawn larger.
      [[0.6, 0.4], 1],
    ] as const) {
      view = await zoomIn(widget, view, about, doublings);
      levels.push(await expectTiles(widget, TILES, view, 0));
    }
    expect(levels).toEqual([0, 0, 2, 3, 3]);
    await widget.locator(".ls-body").focus();
    await notebook.page.keyboard.press("0");
    await expectTiles(widget, TILES, await fittedView(widget), 1000);
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });

  it("are the same rows to Python", async () => {
    const notebook = await open(
      numberedTiles(TILES),
      `mosaic = ls.Mosaic(tiles, xy, num_tiles_x=${COLUMNS})
await mosaic`,
    );
    await notebook.runAll();
    const cells = cellsAt(TILES, 0);
    const shown = JSON.parse(await notebook.ask("print(sorted(mosaic.selected_points().tolist()))")) as number[];
    expect(shown).toEqual([...cells.values()].map(([first]) => first).sort((a = 0, b = 0) => a - b));
    expect(JSON.parse(await notebook.ask("print(mosaic.points_at_grid_index(31, 7).tolist())"))).toEqual(
      cells.get("31, 7"),
    );
  });

  it("are in the file that Python saves: the whole mosaic, then the part that the page shows", async () => {
    const notebook = await open(
      numberedTiles(TILES),
      `mosaic = ls.Mosaic(tiles, xy, num_tiles_x=${COLUMNS})
await mosaic`,
      `await mosaic.save("tiles.png")`,
    );
    await notebook.runAll();
    const widget = notebook.widget();
    const whole = await fittedView(widget);
    const saved = async () => PNG.sync.read(await readFile(join(lab.server.folder, "tiles.png")));
    const first = await saved();
    // 183 mm at 300 dpi, on white.
    expect(first.width).toBe(2161);
    const { wrong, count } = probeTiles(first, TILES, whole);
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(1000);

    const near = await zoomIn(widget, whole, [0.4, 0.4], 3);
    expect(await expectTiles(widget, TILES, near, 20)).toBeGreaterThan(0);
    await notebook.run(2);
    const second = probeTiles(await saved(), TILES, near);
    expect(second.wrong).toEqual([]);
    expect(second.count).toBeGreaterThan(20);
    await widget.getByRole("button", { name: "Save", exact: true }).click();
    const download = notebook.page.waitForEvent("download");
    await notebook.page.getByRole("menuitem", { name: "PNG", exact: true }).click();
    const file = await (await download).path();
    expect(probeTiles(PNG.sync.read(await readFile(file)), TILES, near).wrong).toEqual([]);
  });

  it("that come as JPEG are the right ones too", async () => {
    const notebook = await open(
      numberedTiles(2000),
      `import io
from PIL import Image
def jpeg(tile):
    file = io.BytesIO()
    Image.fromarray(tile.repeat(2, 0).repeat(2, 1)).save(file, "JPEG", quality=90, subsampling=0)
    return file.getvalue()
mosaic = ls.Mosaic([jpeg(tile) for tile in tiles], xy, num_tiles_x=${COLUMNS})
await mosaic`,
    );
    await notebook.runAll();
    const widget = notebook.widget();
    const view = await fittedView(widget);
    await expectTiles(widget, 2000, view, 800);
    expect(await expectTiles(widget, 2000, await zoomIn(widget, view, [0.5, 0.5], 3), 20)).toBe(1);
  });
});

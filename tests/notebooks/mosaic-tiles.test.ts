import { describe, expect, it } from "vitest";
import { COLUMNS, cellsAt, expectTiles, fittedView, numberedTiles, zoomIn } from "../support/numbered-tiles.ts";
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
      [[0.6, 0.4], 1],
    ] as const) {
      view = await zoomIn(widget, view, about, doublings);
      levels.push(await expectTiles(widget, TILES, view, 8));
    }
    expect(levels[0]).toBe(0);
    expect(levels.at(-1)).toBeGreaterThanOrEqual(3);
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

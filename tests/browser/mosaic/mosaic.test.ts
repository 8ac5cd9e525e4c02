import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF, statusOf } from "../../support/scatter-actions.ts";
import type {} from "./mosaic-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = (index = 0) => opened.page.locator(".layerscope").nth(index);
const body = (index = 0) => widget(index).locator(".ls-body");
const button = (name: string, index = 0) => widget(index).getByRole("button", { name, exact: true });
const action = (name: string, index = 0) =>
  widget(index).locator(".ls-status").getByRole("button", { name, exact: true });
const subtitle = (index = 0) => widget(index).locator(".ls-subtitle").textContent();
const sheet = () => widget().locator(".ls-sheet");
const valueAt = (at: number) =>
  opened.page.evaluate((place) => {
    const { value } = globalThis.mosaicPage.mosaicAt(place);
    return value === null ? null : [...value];
  }, at);

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/mosaic/mosaic-page.ts");
});
afterEach(async () => {
  expect(opened.requests).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** 6 × 6 cells of 30 tiles each, in three classes; the cell of tile t is floor(t / 30). */
const mosaic36 = (more: Readonly<Record<string, unknown>> = {}) =>
  opened.page.evaluate(async (given) => {
    const { mosaic, places, tiles } = globalThis.mosaicPage;
    const labels = Array.from({ length: 1080 }, (_, tile) => ["a", "b", "<i>c</i>"][tile % 3] ?? "");
    const names = labels.map((_, tile) => `tile ${tile}`);
    await mosaic({ images: tiles(1080), coords: places(6, 30), numTilesX: 6, labels, names, ...given }).ready;
  }, more);

/** The middle of a cell of `mosaic36` on the screen. */
async function cellMiddle(x: number, y: number): Promise<readonly [number, number]> {
  await body().scrollIntoViewIfNeeded();
  const box = await body().boundingBox();
  if (!box) throw new Error("The mosaic has no box.");
  // Six square cells, fitted with 3 % at the shorter side of the body.
  const side = (Math.min(box.width, box.height) * 0.94) / 6;
  return [box.x + box.width / 2 + (x - 2.5) * side, box.y + box.height / 2 - (y - 2.5) * side];
}

async function clickCell(x: number, y: number): Promise<void> {
  await opened.page.mouse.click(...(await cellMiddle(x, y)));
}

describe("a mosaic of tiles on coordinates", () => {
  it("says how many tiles lie in how many cells, and draws them", async () => {
    await mosaic36();
    expect(await subtitle()).toBe("1,080 tiles, 6 × 6");
    expect(await body().getAttribute("aria-label")).toBe("Mosaic of 1,080 tiles in 6 × 6 cells, 3 classes");
    await expectInk(widget(), 0.2);
    expect(await widget().locator(".ls-legend-count").allTextContents()).toEqual(["360", "360", "360"]);
    expect(await widget().locator(".ls-legend-name").allTextContents()).toContain("<i>c</i>");
  });

  it("draws its axes in other colours once the page turns dark", async () => {
    await mosaic36({ classNames: false });
    const inks = () =>
      opened.page.evaluate(() => {
        const overlay = [...document.querySelectorAll<HTMLCanvasElement>(".ls-plane canvas")].at(-1);
        const { data } = overlay?.getContext("2d")?.getImageData(0, 0, overlay.width, overlay.height) ?? { data: [] };
        const pixels = new Uint32Array(Uint8Array.from(data).buffer);
        return [...new Set(pixels.filter((pixel) => pixel >>> 24 === 255))].sort();
      });
    await expect.poll(inks).not.toEqual([]);
    const light = await inks();
    await opened.page.evaluate(() => document.body.setAttribute("data-jp-theme-light", "false"));
    await expect.poll(inks).not.toEqual(light);
  });

  it("selects the tiles of a clicked cell, and those of the cells whose middle a lasso holds", async () => {
    await mosaic36();
    await clickCell(1, 2);
    await expectStatus(widget(), /^30 of 1,080 selected/);
    expect((await valueAt(0))?.slice(0, 2)).toEqual([390, 391]);
    await opened.page.keyboard.press("Escape");
    await drawLasso(widget(), LEFT_HALF);
    await expectStatus(widget(), /^540 of 1,080 selected/);
  });

  it("no longer says that the selection was cleared once there is another", async () => {
    await mosaic36();
    await clickCell(1, 1);
    await expectStatus(widget(), /^30 of 1,080 selected/);
    await action("Clear").click();
    await expectStatus(widget(), /^Selection cleared/);
    await widget().locator(".ls-legend-row").first().click();
    expect(await expectStatus(widget(), /^360 of 1,080 selected/)).not.toContain("cleared");
  });

  it("tells of the hovered tile, its cell and how many tiles are in it", async () => {
    await mosaic36();
    await opened.page.mouse.move(...(await cellMiddle(3, 0)));
    const tip = widget().locator(".ls-tooltip");
    await tip.waitFor();
    expect(await tip.locator(".ls-tooltip-name").textContent()).toBe("tile 90");
    expect(await tip.locator(".ls-tooltip-note").allTextContents()).toEqual(["30 tiles in this cell", "cell 3, 0"]);
    expect(await tip.locator(".ls-class-name").textContent()).toBe("a");
  });

  it("shows the hovered tile large", async () => {
    // Cells of some 11 px: the tile in the tooltip is 160 px wide.
    await mosaic36({ numTilesX: 40 });
    await body().focus();
    await opened.page.keyboard.press("ArrowRight");
    const picture = widget().locator(".ls-tooltip-picture");
    await picture.waitFor();
    expect((await picture.boundingBox())?.width).toBe(160);
  });

  it("tells of a tile whose picture is lost by what is drawn of it, and says so", async () => {
    await opened.page.evaluate(async () => {
      const { loseable, mosaic, places, tiles } = globalThis.mosaicPage;
      await mosaic({ images: loseable(tiles(72)), coords: places(6, 2), numTilesX: 6 }).ready;
    });
    await expectInk(widget(), 0.2);
    await opened.page.evaluate(() => globalThis.mosaicPage.lose());
    const leftColor = (canvas: string) =>
      widget()
        .locator(canvas)
        .first()
        .evaluate((found) => {
          const { width, height } = found as HTMLCanvasElement;
          const context = (found as HTMLCanvasElement).getContext("2d");
          return [...(context?.getImageData(Math.floor(width / 4), Math.floor(height / 2), 1, 1).data ?? [])];
        });
    const gone = "The picture itself is no longer there.";
    // Tile 6 stands for cell 3, 0.
    const color = [40 + 6 * 25, 30 + 45, 60, 255];
    await opened.page.mouse.move(...(await cellMiddle(3, 0)));
    await widget().locator(".ls-tooltip").waitFor();
    expect(await widget().locator(".ls-tooltip-name").textContent()).toBe("row 6");
    // That it can't be had is known only once it was asked for.
    await expect.poll(() => widget().locator(".ls-tooltip .ls-tooltip-note").last().textContent()).toBe(gone);
    expect(await leftColor(".ls-tooltip-picture")).toEqual(color);
    expect((await widget().locator(".ls-tooltip-picture").boundingBox())?.width).toBe(160);
    await clickCell(3, 0);
    await expect.poll(() => widget().locator(".ls-row-card .ls-tooltip-note").textContent()).toBe(gone);
    expect(await leftColor(".ls-row-picture")).toEqual(color);
    // Of the cell's tiles the other one was never drawn.
    await sheet().waitFor();
    await expect.poll(() => leftColor(".ls-sheet-tile[data-ls-row='6'] canvas")).toEqual(color);
    expect(await leftColor(".ls-sheet-tile[data-ls-row='7'] canvas")).toEqual([0, 0, 0, 0]);
  });

  it("finds a row by its name, selects it and makes it the current one", async () => {
    await mosaic36();
    await button("Find").click();
    await opened.page.keyboard.type("tile 123");
    await opened.page.keyboard.press("ArrowDown");
    await opened.page.keyboard.press("Enter");
    await expectStatus(widget(), /^1 of 1,080 selected/);
    expect(await valueAt(0)).toEqual([123]);
    expect(await widget().locator(".ls-row-name").textContent()).toBe("tile 123");
  });

  it("lists rows with their cells as a table", async () => {
    await mosaic36();
    await button("Help").click();
    await widget().getByRole("button", { name: "View as table" }).click();
    const cells = widget().locator("[data-ls-row='2'] .ls-table-cell");
    await expect.poll(async () => (await cells.allTextContents()).slice(0, 3)).toEqual(["2", "tile 2", "<i>c</i>"]);
    expect(await cells.last().textContent()).toBe("0, 0");
  });

  it("has seven tenths of the widget's area from 800 px on, six tenths from 600 px on", async () => {
    await opened.page.setViewportSize({ width: 1440, height: 900 });
    await mosaic36();
    await clickCell(1, 1);
    await expectStatus(widget(), /^30 of 1,080 selected/);
    const shares = await opened.page.evaluate(() => {
      const root = document.getElementById("root");
      const areaOf = (found: Element | null) => {
        const { width = 0, height = 0 } = found?.getBoundingClientRect() ?? {};
        return width * height;
      };
      return [600, 640, 799, 800, 801, 935, 1000, 1100, 1200, 1400].map((width) => {
        if (root) root.style.width = `${width}px`;
        const widget = document.querySelector(".layerscope");
        return [width, areaOf(widget?.querySelector(".ls-body") ?? null) / areaOf(widget)] as const;
      });
    });
    expect(shares.filter(([width, share]) => share < (width < 800 ? 0.6 : 0.7))).toEqual([]);
  });

  it("turns into points and back", async () => {
    await mosaic36();
    await expectInk(widget(), 0.2);
    await button("Points").click();
    await expect.poll(() => button("Tiles").getAttribute("aria-pressed")).toBe("false");
    await button("Tiles").click();
    await expectInk(widget(), 0.2);
  });
});

describe("a contact sheet", () => {
  it("shows 24 of a clicked cell's tiles, the nearest to its middle first, and closes with Esc before all else", async () => {
    await mosaic36();
    await clickCell(2, 1);
    await sheet().waitFor();
    expect(await sheet().getAttribute("aria-label")).toBe("cell 2, 1: 24 of 30");
    const rows = await sheet()
      .locator(".ls-sheet-tile")
      .evaluateAll((tiles) => tiles.map((tile) => Number((tile as HTMLElement).dataset.lsRow)));
    expect(rows).toHaveLength(24);
    // Places run from a quarter to half of the way across the cell: the last tile is the nearest to the middle.
    expect(rows.slice(0, 3)).toEqual([269, 268, 267]);
    await opened.page.keyboard.press("Escape");
    await sheet().waitFor({ state: "detached" });
    expect(await statusOf(widget())).toMatch(/^30 of 1,080 selected/);
  });

  it("draws the tiles themselves", async () => {
    await mosaic36();
    await clickCell(0, 0);
    const colors = () =>
      sheet()
        .locator(".ls-sheet-tile")
        .evaluateAll((tiles) =>
          tiles.map((tile) => {
            const canvas = tile.querySelector("canvas");
            const [red, green] = canvas?.getContext("2d")?.getImageData(5, 20, 1, 1).data ?? [];
            return `${(tile as HTMLElement).dataset.lsRow}: ${red} ${green}`;
          }),
        );
    const expected = (tile: number) => `${tile}: ${40 + (tile % 8) * 25} ${30 + (tile % 5) * 45}`;
    await expect.poll(colors).toEqual(Array.from({ length: 24 }, (_, place) => expected(29 - place)));
  });

  it("makes a clicked tile the current row, and tells of the one under the pointer", async () => {
    await mosaic36();
    await clickCell(2, 1);
    const third = sheet().locator(".ls-sheet-tile").nth(2);
    await third.hover();
    await expect.poll(() => widget().locator(".ls-tooltip-name").textContent()).toBe("tile 267");
    await third.click();
    expect(await widget().locator(".ls-row-name").textContent()).toBe("tile 267");
    expect(await third.getAttribute("aria-current")).toBe("true");
    expect(await statusOf(widget())).toMatch(/^30 of 1,080 selected/);
  });

  it("is opened and gone through by keys, and gives the focus back", async () => {
    await mosaic36();
    await opened.page.keyboard.press("Tab");
    await opened.page.keyboard.press("Tab");
    await opened.page.keyboard.press("ArrowRight");
    await opened.page.keyboard.press("Enter");
    await sheet().waitFor();
    const focused = () => opened.page.evaluate(() => (document.activeElement as HTMLElement).dataset.lsRow);
    const first = await focused();
    expect(first).toBeDefined();
    await opened.page.keyboard.press("ArrowDown");
    const tiles = await sheet()
      .locator(".ls-sheet-tile")
      .evaluateAll((all) => all.map((tile) => (tile as HTMLElement).dataset.lsRow));
    expect(await focused()).toBe(tiles[6]);
    await opened.page.keyboard.press("Enter");
    expect(await widget().locator(".ls-row-name").textContent()).toBe(`tile ${tiles[6]}`);
    await opened.page.keyboard.press("Escape");
    await sheet().waitFor({ state: "detached" });
    expect(await body().evaluate((element) => element.matches(":focus"))).toBe(true);
  });

  it("closes when the tiles are laid in other cells", async () => {
    await mosaic36();
    await clickCell(2, 1);
    await sheet().waitFor();
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).update({ numTilesX: 8 }));
    await sheet().waitFor({ state: "detached" });
  });
});

describe("stain normalisation", () => {
  const firstPixel = () =>
    sheet()
      .locator("canvas")
      .first()
      .evaluate((canvas: HTMLCanvasElement) => [...(canvas.getContext("2d")?.getImageData(5, 20, 1, 1).data ?? [])]);

  it("colours the tiles one by one as it does those on the map", async () => {
    await mosaic36();
    await clickCell(0, 0);
    // Tile 29 as it is.
    await expect.poll(firstPixel).toEqual([165, 210, 60, 255]);
    await button("Settings").click();
    await widget().getByRole("combobox", { name: "normalizer" }).selectOption("reinhard");
    await opened.page.keyboard.press("Escape");
    await clickCell(1, 0);
    await clickCell(0, 0);
    await expect.poll(async () => (await firstPixel())[3]).toBe(255);
    expect(await firstPixel()).not.toEqual([165, 210, 60, 255]);
  });

  it("says so where the picture to go by shows no stain, and leaves the tiles as they are", async () => {
    await opened.page.evaluate(async () => {
      const { mosaic, places, tiles } = globalThis.mosaicPage;
      const normalizerSource = new ImageData(4, 4);
      const input = { images: tiles(36), coords: places(6, 1), numTilesX: 6, normalizer: "macenko" } as const;
      await mosaic({ ...input, normalizerSource }).ready;
    });
    await expectStatus(
      widget(),
      /The picture to normalise by \(4 × 4 pixels\) shows no stain that macenko can go by\./,
    );
    await expectInk(widget(), 0.2);
  });
});

describe("the settings", () => {
  it("lay the tiles in other cells while the slider moves, and keep the selection", async () => {
    await mosaic36();
    await clickCell(1, 1);
    await opened.page.keyboard.press("Escape");
    const before = await valueAt(0);
    await button("Settings").click();
    const slider = widget().getByRole("slider", { name: "num_tiles_x" });
    await slider.focus();
    await opened.page.keyboard.down("ArrowRight");
    await expect.poll(subtitle).toBe("1,080 tiles, 7 × 7");
    await opened.page.keyboard.up("ArrowRight");
    await expect.poll(subtitle).toBe("1,080 tiles, 7 × 7");
    expect(await valueAt(0)).toEqual(before);
    expect(await widget().locator(".ls-run").isVisible()).toBe(false);
  });

  it("choose another tile of each cell at once", async () => {
    await mosaic36();
    const shown = () =>
      opened.page.evaluate(async () => [...(await globalThis.mosaicPage.mosaicAt(0).selectedPoints())]);
    expect((await shown())[0]).toBe(0);
    await button("Settings").click();
    await widget().getByRole("combobox", { name: "tile_select" }).selectOption("nearest");
    await expect.poll(async () => (await shown())[0]).toBe(29);
  });
});

describe("a mosaic that follows a map", () => {
  const rows = 300;
  const followed = (more: Readonly<Record<string, unknown>> = {}) =>
    opened.page.evaluate(
      ([count, given]) => {
        const { clusters, mosaic, tiles, umapScatter } = globalThis.mosaicPage;
        const map = umapScatter({ points: clusters(count, 12, 3), nEpochs: 50_000, ...given });
        mosaic({ images: tiles(count), coords: map, numTilesX: 10 });
      },
      [rows, more] as const,
    );
  const ready = () => opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(1).ready);

  it("lays its tiles while the map settles, says so, and ends where the map does", async () => {
    await followed();
    await expectStatus(widget(1), /The tiles follow the map while it settles\./);
    await expectInk(widget(1), 0.02);
    await action("Cancel").click();
    await ready();
    await expect.poll(() => statusOf(widget(1))).toBe("");
    const [map, tiles] = await opened.page.evaluate(() => {
      const { mosaicAt, scatterAt } = globalThis.mosaicPage;
      return [scatterAt(0).embedding, mosaicAt(1).embedding].map((places) => [...(places ?? [])]);
    });
    expect(tiles).toHaveLength(2 * rows);
    expect(tiles).toEqual(map);
  });

  it("shares the selection and the hovered row with it, both ways", async () => {
    await followed({ nEpochs: 60 });
    await ready();
    await opened.page.evaluate(() => {
      globalThis.mosaicPage.scatterAt(0).value = [5, 6, 7];
    });
    await expectStatus(widget(1), /^3 of 300 selected/);
    const box = await body(1).boundingBox();
    if (!box) throw new Error("The mosaic has no box.");
    await drawLasso(widget(1), [
      [0.01, 0.01],
      [0.99, 0.01],
      [0.99, 0.85],
      [0.01, 0.85],
    ]);
    await expect.poll(() => statusOf(widget(0))).toMatch(/^\d+ of 300 selected/);
    expect(await statusOf(widget(0))).toBe(await statusOf(widget(1)));
    expect(await valueAt(1)).toEqual(await valueAt(0));

    // The row under the pointer on the map rings its cell of the mosaic, and the other way round.
    const overlay = (index: number) =>
      body(index)
        .locator("canvas")
        .last()
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await opened.page.mouse.move(2, 2);
    for (const [from, to] of [
      [0, 1],
      [1, 0],
    ] as const) {
      await body(from).focus();
      await opened.page.keyboard.press("Escape");
      const before = await overlay(to);
      await opened.page.keyboard.press("ArrowRight");
      await expect.poll(() => overlay(to)).not.toBe(before);
    }
  });

  it("takes nothing away from the widget that points at a row when its own cells change", async () => {
    await opened.page.evaluate(async () => {
      const { mosaic, places, tiles, umapScatter } = globalThis.mosaicPage;
      await mosaic({ images: tiles(72), coords: umapScatter({ coords: places(6, 2) }), numTilesX: 6 }).ready;
    });
    await body(1).scrollIntoViewIfNeeded();
    await body(1).focus();
    await opened.page.keyboard.press("ArrowRight");
    await opened.page.keyboard.press("Enter");
    await widget(1).locator(".ls-sheet").waitFor();
    await body(0).focus();
    await opened.page.keyboard.press("ArrowRight");
    const tip = widget(0).locator(".ls-tooltip");
    await tip.waitFor();
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(1).generateGrid(4));
    expect(await subtitle(1)).toBe("72 tiles, 4 × 4");
    expect(await tip.isVisible()).toBe(true);
  });

  it("hears of a map that is not there yet when it comes", async () => {
    await opened.page.evaluate(() => {
      const { mosaic, tiles } = globalThis.mosaicPage;
      mosaic({ images: tiles(4), follows: "later" } as never);
    });
    const card = widget().locator(".ls-card");
    await card.waitFor();
    expect(await card.locator(".ls-cause").textContent()).toBe("The map that this mosaic follows is not on this page.");
    expect(await card.locator(".ls-remedy").textContent()).toBe("Show it on this page too, or pass coords (n × 2).");
    await opened.page.evaluate(() =>
      globalThis.mosaicPage.publish("later", {
        positions: Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1),
        dims: 2,
        settling: false,
        preview: false,
        origin: { kind: "coords" },
      }),
    );
    await expect.poll(subtitle).toBe("4 tiles, 50 × 50");
    expect(await widget().locator(".ls-card").count()).toBe(0);
    // What had failed has come: what is asked from now on is answered.
    const shown = await opened.page.evaluate(async () => {
      const element = globalThis.mosaicPage.mosaicAt(0);
      await element.ready;
      return [[...(await element.selectedPoints())], element.embedding?.length];
    });
    expect(shown).toEqual([[0, 1, 2, 3], 8]);
  });

  /** A mosaic of 32 tiles in 4 × 4 cells on a map that the test publishes under that name. */
  const publishedTiles = (name: string) =>
    opened.page.evaluate((follows) => {
      const { mosaic, tiles } = globalThis.mosaicPage;
      mosaic({ images: tiles(32), follows, numTilesX: 4 } as never);
    }, name);
  const publish = (name: string, how: { readonly settling: boolean; readonly preview?: boolean }, columns?: number) =>
    opened.page.evaluate(
      ([to, { settling, preview = false }, numTilesX]) => {
        const { mosaicAt, places, publish: tell } = globalThis.mosaicPage;
        const positions = Float32Array.from(places(4, 2).flatMap((place) => [...place]));
        tell(to, { positions, dims: 2, settling, preview, origin: { kind: "coords" } });
        if (numTilesX !== undefined) mosaicAt(0).update({ numTilesX });
      },
      [name, how, columns] as const,
    );

  it("no longer says that it follows a map which ends while the tiles are laid in other cells", async () => {
    await publishedTiles("moving");
    await publish("moving", { settling: true });
    await expectStatus(widget(), /The tiles follow the map while it settles\./);
    await publish("moving", { settling: false }, 2);
    await expect.poll(subtitle).toBe("32 tiles, 2 × 2");
    await expect.poll(() => statusOf(widget())).toBe("");
  });

  it("says so where the map is stopped before it has begun to settle", async () => {
    await publishedTiles("stopped");
    await publish("stopped", { settling: true, preview: true });
    await expectStatus(widget(), /PCA preview; the map follows\./);
    await publish("stopped", { settling: false, preview: true });
    await expectStatus(widget(), /The map was stopped; this is its PCA preview\./);
  });

  it("answers with the map that comes when another one is on its way", async () => {
    await publishedTiles("again");
    await publish("again", { settling: false });
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).ready);
    await publish("again", { settling: true });
    const asked = opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).pointsAtGridIndex(0, 0));
    await expectStatus(widget(), /The tiles follow the map while it settles\./);
    await publish("again", { settling: false });
    expect(Object.values(await asked)).toEqual([0, 1]);
  });

  it("shows no tooltip of its own for a row that the map points at, where keys have pointed at a tile", async () => {
    await opened.page.evaluate(async () => {
      const { mosaic, places, tiles, umapScatter } = globalThis.mosaicPage;
      await mosaic({ images: tiles(72), coords: umapScatter({ coords: places(6, 2) }), numTilesX: 6 }).ready;
    });
    await body(1).focus();
    await opened.page.keyboard.press("ArrowRight");
    const tip = widget(1).locator(".ls-tooltip");
    await tip.waitFor();
    // The map's points lie on the diagonal of each cell.
    await body(0).scrollIntoViewIfNeeded();
    const box = await body(0).boundingBox();
    if (!box) throw new Error("The map has no box.");
    const side = Math.min(box.width, box.height);
    const [left, bottom] = [box.x + (box.width - side) / 2, box.y + (box.height + side) / 2];
    for (let at = 0; at < side && (await tip.isVisible()); at += 2)
      await opened.page.mouse.move(left + at, bottom - at);
    expect(await tip.isVisible()).toBe(false);
  });

  it("lays its tiles on a map of their own where there is no other", async () => {
    await opened.page.evaluate(async (count) => {
      const { clusters, mosaic, tiles } = globalThis.mosaicPage;
      const input = { images: tiles(count), points: clusters(count, 12, 3), follows: "nowhere", nEpochs: 60 };
      await mosaic(input as never).ready;
    }, rows);
    await expect.poll(subtitle).toMatch(/^300 tiles, 50 × \d+$/);
    expect(await widget().locator(".ls-backend-name").textContent()).toMatch(/CPU|WebGPU/);
    // The map comes after all, on a line: the tiles follow it.
    await opened.page.evaluate((count) => {
      const positions = Float32Array.from({ length: 2 * count }, (_, at) => (at % 2) * (at >> 1));
      const how = { dims: 2, settling: false, preview: false, origin: { kind: "coords" } } as const;
      globalThis.mosaicPage.publish("nowhere", { positions, ...how });
    }, rows);
    await expect.poll(subtitle).toBe("300 tiles, 1 × 50");
    expect(await widget().locator(".ls-backend").isVisible()).toBe(false);
  });

  it("says so where the map has other rows", async () => {
    await opened.page.evaluate(() => {
      const { mosaic, places, tiles, umapScatter } = globalThis.mosaicPage;
      mosaic({ images: tiles(10), coords: umapScatter({ coords: places(3, 1) }) });
    });
    await expect
      .poll(() => widget(1).locator(".ls-cause").textContent())
      .toBe("The map that this mosaic follows has 9 rows for 10 images.");
  });

  it("says so where the map fails before there is one, and follows it once it has come", async () => {
    await opened.page.evaluate(() => {
      const { clusters, mosaic, tiles, umapScatter } = globalThis.mosaicPage;
      const points = clusters(60, 4, 3);
      const [, , third] = points;
      if (third) third[1] = Number.NaN;
      mosaic({ images: tiles(60), coords: umapScatter({ points }), numTilesX: 10 });
    });
    await expect
      .poll(() => widget(1).locator(".ls-cause").textContent())
      .toBe("No map to follow: Row 2, column 1 is NaN (1 row in all).");
    expect(await widget(1).locator(".ls-remedy").textContent()).toBe(
      "Remove or fill them. The tiles follow the map once it is there.",
    );
    await opened.page.evaluate(() => {
      const { clusters, scatterAt } = globalThis.mosaicPage;
      scatterAt(0).update({ points: clusters(60, 4, 3), nEpochs: 20 });
    });
    await expect.poll(() => subtitle(1), { timeout: 20_000 }).toMatch(/^60 tiles, 10 × \d+$/);
    await expect.poll(() => widget(1).locator(".ls-cause").count()).toBe(0);
    await ready();
  });

  it("says so where the map is stopped before there is one, waits while it is run again, and follows it", async () => {
    await publishedTiles("early");
    await opened.page.evaluate(() => globalThis.mosaicPage.stop("early"));
    await expectStatus(widget(), /was stopped before its first layout\. Run it there\. The tiles follow the map once/);
    const answered = await opened.page.evaluate(() =>
      globalThis.mosaicPage.mosaicAt(0).ready.catch((error: Error) => error.message),
    );
    expect(answered).toBe("The map that this mosaic follows was stopped before its first layout. Run it there.");
    await opened.page.evaluate(() => globalThis.mosaicPage.runAgain("early"));
    await expectStatus(widget(), /^Waiting for the map that the tiles follow\./);
    await publish("early", { settling: false });
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).ready);
    await expect.poll(() => statusOf(widget())).toBe("");
  });

  it("lies on the first two axes of a map in three dimensions", async () => {
    await opened.page.evaluate(async () => {
      const { mosaic, places, publish, tiles } = globalThis.mosaicPage;
      const positions = Float32Array.from(places(4, 2).flatMap(([x = 0, y = 0], row) => [x, y, 100 * row]));
      publish("space", { positions, dims: 3, settling: false, preview: false, origin: { kind: "coords" } });
      await mosaic({ images: tiles(32), follows: "space", numTilesX: 4 } as never).ready;
    });
    expect(await subtitle()).toBe("32 tiles, 4 × 4");
  });
});

describe("a mosaic on a map of its own", () => {
  it("shows how far the map is, stops at Cancel with the layout so far, and goes on", async () => {
    await opened.page.evaluate(() => {
      const { clusters, mosaic, tiles } = globalThis.mosaicPage;
      mosaic({ images: tiles(900), points: clusters(900, 12, 4), nEpochs: 4000, numTilesX: 20 });
    });
    await expectStatus(widget(), /Laying out, .* of 4,000 rounds/);
    await action("Cancel").click();
    await expectStatus(widget(), /Stopped at round [\d,]+ of 4,000; this is the layout so far\./);
    await expectInk(widget(), 0.02);
    // In other cells it is no more finished than before.
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).update({ numTilesX: 10 }));
    await expect.poll(subtitle).toMatch(/^900 tiles, 10 × \d+$/);
    await expectStatus(widget(), /Stopped at round [\d,]+ of 4,000; this is the layout so far\./);
    await action("Continue").click();
    await expectStatus(widget(), /Laying out, [\d,]+ of 4,000 rounds/);
  });
});

it("a map of a mosaic's own is held while it settles, moved round by round, and goes on", async () => {
  await opened.page.evaluate(() => {
    const { clusters, mosaic, tiles } = globalThis.mosaicPage;
    mosaic({ images: tiles(900), points: clusters(900, 12, 4), nEpochs: 4000, numTilesX: 20 });
  });
  await action("Pause").click();
  await expectStatus(widget(), /Paused at round [\d,]+ of 4,000\./);
  const round = async () => Number((await statusOf(widget())).match(/round ([\d,]+)/)?.[1]?.replace(",", ""));
  const before = await round();
  await action("Step").click();
  await expect.poll(round).toBe(before + 1);
  await action("Continue").click();
  await expectStatus(widget(), /Laying out, [\d,]+ of 4,000 rounds/);
});

describe("a grid that can't be laid", () => {
  it("is no answer, keeps the one before on show, and is forgotten with the next", async () => {
    await mosaic36();
    const refused = await opened.page.evaluate(async () => {
      const element = globalThis.mosaicPage.mosaicAt(0);
      const read = () => Promise.reject(new Error("gone"));
      const tileMeta = { key: "gone", shape: [1080, 1], bytes: 4320, read };
      return element.generateGrid({ numTilesX: 3, tileSelect: "centroid", tileMeta: tileMeta as never }).then(
        () => "",
        (error) => String(error.message),
      );
    });
    expect(refused).toContain("gone");
    expect(await subtitle()).toBe("1,080 tiles, 6 × 6");
    await expectStatus(widget(), /gone/);
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).generateGrid({ tileSelect: "first" }));
    expect(await subtitle()).toBe("1,080 tiles, 3 × 3");
    await expect.poll(() => statusOf(widget())).toBe("");
  });
});

describe("a mosaic of which only a saved picture is left", () => {
  it("shows where its tiles lay as points, and says so", async () => {
    await opened.page.evaluate(() => globalThis.mosaicPage.reopen({ canReachTiles: false }));
    await expectStatus(widget(), /^Saved picture\.$/);
    expect(await subtitle()).toBe("72 tiles, 6 × 6");
    await expect.poll(() => button("Tiles").isDisabled()).toBe(true);
    await expectInk(widget(), 0.002);
    expect(await widget().locator(".ls-card").count()).toBe(0);
  });

  it("shows the tiles where they can be had, as in an exported page", async () => {
    await opened.page.evaluate(() => globalThis.mosaicPage.reopen({ canReachTiles: true }));
    await expectStatus(widget(), /^Saved picture\.$/);
    await expectInk(widget(), 0.2);
    expect(await button("Points").isEnabled()).toBe(true);
  });
});

describe("input that can't be laid out", () => {
  const cause = () => widget().locator(".ls-cause").textContent();

  it("is answered by its row and column where a coordinate is none", async () => {
    await opened.page.evaluate(() => {
      const { mosaic, tiles } = globalThis.mosaicPage;
      mosaic({
        images: tiles(2),
        coords: [
          [0, 0],
          [1, Number.NaN],
        ],
      });
    });
    await expect.poll(cause).toBe("Row 1, column 1 of coords is NaN.");
  });

  it("is answered in words where there is no map to lay the tiles on", async () => {
    await opened.page.evaluate(() => {
      const { mosaic, tiles } = globalThis.mosaicPage;
      mosaic({ images: tiles(2) });
    });
    await expect
      .poll(() => opened.page.locator("#root").textContent())
      .toContain("There is no map to lay the tiles on.Pass coords (n × 2, or a UmapScatter)");
  });

  it("leaves the mosaic as it is where labels don't fit", async () => {
    await mosaic36({ labels: ["a", "b"] });
    await expectStatus(widget(), /2 labels for 1,080 rows\. Pass one a row in labels\./);
    await expectInk(widget(), 0.2);
  });
});

describe("a mosaic as an element", () => {
  it("gives the tiles of a cell, those on show, and another grid", async () => {
    await mosaic36();
    const answers = await opened.page.evaluate(async () => {
      const element = globalThis.mosaicPage.mosaicAt(0);
      const inCell = [...(await element.pointsAtGridIndex(1, 0))];
      const outside = [...(await element.pointsAtGridIndex(6, 0))];
      const before = (await element.selectedPoints()).length;
      await element.generateGrid(2);
      return { inCell, outside, before, after: [...(await element.selectedPoints())] };
    });
    expect(answers.inCell).toEqual(Array.from({ length: 30 }, (_, tile) => 30 + tile));
    expect(answers.outside).toEqual([]);
    expect(answers.before).toBe(36);
    expect(answers.after).toEqual([0, 90, 540, 630]);
    expect(await subtitle()).toBe("1,080 tiles, 2 × 2");
  });

  it("puts classes or rows in focus, and takes the focus of the keyboard as ever", async () => {
    await mosaic36();
    const label = () => body().getAttribute("aria-label");
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).focus("b"));
    await expect.poll(label).toMatch(/, 360 in focus$/);
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).focus([1, 2]));
    await expect.poll(label).toMatch(/, 2 in focus$/);
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).focus(null));
    await expect.poll(label).not.toMatch(/focus/);
    const refused = await opened.page.evaluate(() => {
      const element = globalThis.mosaicPage.mosaicAt(0);
      element.focus({ preventScroll: true });
      try {
        element.focus("d");
      } catch (thrown) {
        return String(thrown);
      }
      return "";
    });
    expect(refused).toContain('No tile has the label "d".');
  });

  it("takes classes of other labels, and refuses rows that are not there", async () => {
    await mosaic36();
    const refused = await opened.page.evaluate(() => {
      const element = globalThis.mosaicPage.mosaicAt(0);
      element.update({ labels: Array.from({ length: 1080 }, (_, tile) => (tile < 7 ? "few" : "many")) });
      element.focus("few");
      try {
        element.focus([1080]);
      } catch (thrown) {
        return String(thrown);
      }
      return "";
    });
    expect(refused).toContain("There is no row 1080 in 1,080 rows.");
    await expect.poll(() => body().getAttribute("aria-label")).toMatch(/, 7 in focus$/);
    await opened.page.evaluate(() => globalThis.mosaicPage.mosaicAt(0).update({ focus: ["many"] }));
    await expect.poll(() => body().getAttribute("aria-label")).toMatch(/, 1,073 in focus$/);
  });

  it("answers with other places once they are given, a map's too", async () => {
    await mosaic36();
    const answers = await opened.page.evaluate(async () => {
      const { mosaicAt, umapScatter } = globalThis.mosaicPage;
      const element = mosaicAt(0);
      const turned = Array.from({ length: 1080 }, (_, tile) => [(1079 - tile) % 6, Math.floor((1079 - tile) / 180)]);
      element.update({ coords: turned });
      const first = (await element.selectedPoints())[0];
      element.update({ coords: umapScatter({ coords: turned.map(([x = 0, y = 0]) => [-x, y]) }) });
      return [first, (await element.selectedPoints())[0]];
    });
    expect(answers).toEqual([905, 900]);
  });

  it("fades what is not in focus", async () => {
    await mosaic36();
    await expectInk(widget(), 0.2);
    const middle = () =>
      body()
        .locator("canvas")
        .first()
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await middle();
    await opened.page.evaluate(() =>
      globalThis.mosaicPage.mosaicAt(0).focus(Array.from({ length: 30 }, (_, tile) => tile)),
    );
    await expect.poll(middle).not.toBe(before);
    expect(await subtitle()).toBe("1,080 tiles, 6 × 6, 30 in focus");
  });

  it("saves the tiles on show as CSV", async () => {
    await mosaic36();
    const text = await opened.page.evaluate(async () => (await globalThis.mosaicPage.mosaicAt(0).saveReport()).text());
    expect(text.split("\r\n").slice(0, 3)).toEqual(["x,y,row,name", "0,0,0,tile 0", "1,0,30,tile 30"]);
  });

  it("carries the places of the map that it follows into its page", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, mosaic, places, tiles, umapScatter } = globalThis.mosaicPage;
      await mosaic({ images: tiles(16), coords: umapScatter({ coords: places(4, 1) }), numTilesX: 4 }).ready;
      const map = umapScatter({ points: clusters(40, 6, 2), nEpochs: 20 });
      await mosaic({ images: tiles(40), coords: map, numTilesX: 4 }).ready;
    });
    const pageOf = (at: number) =>
      opened.page.evaluate(async (place) => (await globalThis.mosaicPage.mosaicAt(place).toHtml()).text(), at);
    const page = await pageOf(1);
    expect(page).toMatch(/"coords":\{"\$array"/);
    expect(page).not.toContain("follows");
    expect(page).toContain('"axes":["x","y"]');
    expect(await pageOf(3)).toContain('"axes":["UMAP 1","UMAP 2"]');
  });

  it("refuses what only a map can do", async () => {
    await mosaic36();
    const refused = await opened.page.evaluate(() =>
      (globalThis.mosaicPage.shown[0] as unknown as { quality(): Promise<unknown> }).quality().catch(String),
    );
    expect(refused).toContain(`This widget can't do "quality".`);
  });

  it("ends with its cell, and takes nothing of it along", async () => {
    await mosaic36();
    await opened.page.evaluate(() => globalThis.mosaicPage.end());
    await widget().waitFor({ state: "detached" });
  });
});

import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { splitPng } from "../../../src/widgets/export/png-chunks.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { pdfPictures, readPdf } from "../../support/pdf-text.ts";
import type { Expected, FigureOf } from "./figure-page.ts";
import { rowInPixels } from "./numbered-pictures.ts";

const ENTRY = fileURLToPath(new URL("figure-page.ts", import.meta.url));
/** The view of a mosaic that nobody looks at: its margin on each side, as a share of the body. */
const MARGIN = 0.03;

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, ENTRY);
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

const open = (figure: FigureOf): Promise<Expected> => opened.page.evaluate((of) => figurePage.open(of), figure);

async function save(options: Readonly<Record<string, unknown>>, cancelAfter?: number): Promise<Buffer> {
  const text = await opened.page.evaluate(([given, after]) => figurePage.save(given, after), [
    options,
    cancelAfter,
  ] as const);
  return Buffer.from(text, "base64");
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function colorAt({ width, data }: Picture, x: number, y: number): readonly number[] {
  const at = 4 * (Math.floor(y) * width + Math.floor(x));
  return [...data.subarray(at, at + 4)];
}

/** The row that the tile in a box carries. */
function rowIn(picture: Picture, { left, top, width, height }: Box): number {
  return rowInPixels((x, y) => colorAt(picture, left + x * width, top + y * height));
}

/** Where the cells of a whole mosaic lie in a body of that size, whose longer direction they fill. */
function boxesIn({ columns, lines, cells }: Expected, body: Box) {
  const size = Math.min((body.width * (1 - 2 * MARGIN)) / columns, (body.height * (1 - 2 * MARGIN)) / lines);
  const left = body.left + (body.width - columns * size) / 2;
  const top = body.top + (body.height - lines * size) / 2;
  return cells.map(({ column, line, row }) => ({
    row,
    box: { left: left + column * size, top: top + (lines - 1 - line) * size, width: size, height: size },
  }));
}

const bodyOf = ({ width, height }: Picture): Box => ({ left: 0, top: 0, width, height });

describe("a mosaic saved as PNG", () => {
  it("shows in each cell the grid's tile, upright, and is as wide as a page", async () => {
    const expected = await open({ rows: 3000, columns: 24 });
    const picture = PNG.sync.read(await save({ format: "png" }));
    expect(picture.width).toBe(Math.round((183 / 25.4) * 300));
    expect(expected.cells.length).toBeGreaterThan(100);
    const tiles = boxesIn(expected, bodyOf(picture));
    expect(tiles.map(({ box }) => rowIn(picture, box))).toEqual(tiles.map(({ row }) => row));
  });

  it("is written in bands where no canvas is as large: 20,000 px across, tiles that several bands share whole", async () => {
    const expected = await open({ rows: 60, columns: 10, height: 0.15 });
    const file = await save({ format: "png", size: 254, dpi: 2000 });
    const [header] = splitPng(new Uint8Array(file));
    const width = new DataView(header?.data.buffer ?? new ArrayBuffer(8)).getUint32(0);
    expect(width).toBe(20_000);
    const picture = PNG.sync.read(file);
    const tiles = boxesIn(expected, bodyOf(picture));
    expect(tiles.map(({ box }) => rowIn(picture, box))).toEqual(tiles.map(({ row }) => row));
  }, 120_000);

  it("says in the file how it was made and how large a dot is", async () => {
    await open({ rows: 300, columns: 10 });
    const file = await save({ format: "png", dpi: 150 });
    const chunks = splitPng(new Uint8Array(file));
    const text = chunks.filter(({ type }) => type === "iTXt").map(({ data }) => new TextDecoder().decode(data));
    expect(text.join("\n")).toContain("Mosaic of 300 tiles in 10 ×");
    expect(chunks.map(({ type }) => type)).toContain("pHYs");
  });

  it("is the crop on the screen once a reader has come closer", async () => {
    await open({ rows: 3000, columns: 24 });
    const { page } = opened;
    await page.evaluate(() => figurePage.mount(600));
    await page.getByRole("application").focus();
    for (let times = 0; times < 8; times++) await page.keyboard.press("+");
    await expect.poll(() => page.evaluate(() => figurePage.crop().lattice.columns)).toBeGreaterThan(24);
    const picture = PNG.sync.read(await save({ format: "png" }));
    const { view, lattice, cells } = await page.evaluate(() => figurePage.crop());
    const ratio = picture.width / view.width;
    const seen = cells.flatMap(([column, line, row]) => {
      const size = lattice.cellSize * view.scale * ratio;
      const left = picture.width / 2 + (lattice.left + column * lattice.cellSize - view.centerX) * view.scale * ratio;
      const top =
        picture.height / 2 - (lattice.bottom + (line + 1) * lattice.cellSize - view.centerY) * view.scale * ratio;
      const isWhole = left > 0 && top > 0 && left + size < picture.width && top + size < picture.height;
      // The corner arrow with its words lies over the tiles.
      const isCovered = left < 0.2 * picture.width && top + size > 0.8 * picture.height;
      return isWhole && !isCovered ? [{ row, box: { left, top, width: size, height: size } }] : [];
    });
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.map(({ box }) => rowIn(picture, box))).toEqual(seen.map(({ row }) => row));
  });

  it("fades what is not selected and frames tiles by class, beside the legend", async () => {
    const expected = await open({ rows: 3000, columns: 24, labels: true, props: { classNames: false } });
    // Rows come in order of class: those of the first of four.
    const selected = Array.from({ length: 750 }, (_, row) => row);
    await opened.page.evaluate((rows) => figurePage.select(rows), selected);
    const picture = PNG.sync.read(await save({ format: "png" }));
    const body = { left: 0, top: 0, width: ((183 - 29) / 183) * picture.width, height: picture.height };
    const tiles = boxesIn(expected, body);
    const blacks = tiles.map(({ box, row }) => ({
      row,
      color: colorAt(picture, box.left + 0.75 * box.width, box.top + 0.75 * box.height),
    }));
    // Black at 20 % over the frame and its gap at 20 % is 155 at the least.
    const isFaded = (color: readonly number[]) => Math.min(...color.slice(0, 3)) > 140;
    const inside = blacks.filter(({ row }) => row < 750);
    const outside = blacks.filter(({ row }) => row >= 750);
    expect(inside.length).toBeGreaterThan(20);
    expect(inside.filter(({ color }) => isFaded(color))).toEqual([]);
    expect(outside.filter(({ color }) => !isFaded(color))).toEqual([]);
    // The first class is blue, and tiles are large enough for a frame.
    const frames = tiles
      .filter(({ row }) => row < 750)
      .map(({ box }) => colorAt(picture, box.left + 4, box.top + box.height / 2).join());
    expect(frames.filter((color) => color === "6,99,231,255").length).toBeGreaterThan(0.8 * frames.length);
  });

  it("lies on the colour that is asked for, and on nothing where the page is to show through", async () => {
    await open({ rows: 300, columns: 10, props: { background: "slideflow" } });
    expect(colorAt(PNG.sync.read(await save({ format: "png", dpi: 100 })), 2, 2)).toEqual([223, 223, 223, 255]);
    await open({ rows: 300, columns: 10 });
    expect(colorAt(PNG.sync.read(await save({ format: "png", dpi: 100 })), 2, 2)).toEqual([255, 255, 255, 255]);
    const clear = PNG.sync.read(await save({ format: "png", dpi: 100, transparent: true }));
    expect(colorAt(clear, 2, 2)[3]).toBe(0);
  });

  it("tells how many tiles are drawn, stops when told to, and refuses what a page can't hold", async () => {
    await open({ rows: 20_000, columns: 50 });
    await save({ format: "png" });
    const said = await opened.page.evaluate(() => figurePage.said());
    const { done, total } = said.at(-1) ?? {};
    expect(said[0]?.stage).toBe("Drawing tiles");
    expect([done, (total ?? 0) > 400]).toEqual([total, true]);
    await expect(save({ format: "png" }, 2)).rejects.toThrow("Stopped.");
    await expect(save({ format: "png", size: 1000, dpi: 2400 })).rejects.toThrow(/94,488 × .* Choose a smaller dpi/);
  });

  it("says that tiles can't be had once Python has stopped", async () => {
    await open({ rows: 300, columns: 10 });
    await opened.page.evaluate(() => figurePage.lose());
    await expect(save({ format: "png" })).rejects.toThrow("Python has stopped; tiles that it holds can't be drawn");
  });
});

describe("a mosaic saved for print", () => {
  const picturesOf = (svg: string) =>
    [...svg.matchAll(/<image x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"[^>]*base64,([^"]+)"/g)].map(
      ([, x, y, width, height, data = ""]) => ({
        box: { left: Number(x), top: Number(y), width: Number(width), height: Number(height) },
        picture: PNG.sync.read(Buffer.from(data, "base64")),
      }),
    );

  it("has as SVG a picture for each of a few tiles, each in its cell", async () => {
    const expected = await open({ rows: 300, columns: 10 });
    const svg = (await save({ format: "svg" })).toString();
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
    const tiles = boxesIn(expected, { left: 0, top: 0, width: Number(width), height: Number(height) });
    const found = picturesOf(svg);
    expect(found.length).toBe(tiles.length);
    for (const { box, row } of tiles) {
      const at = found.find((one) => Math.abs(one.box.left - box.left) + Math.abs(one.box.top - box.top) < 1);
      expect(at && rowIn(at.picture, bodyOf(at.picture))).toBe(row);
    }
    expect(svg).toContain("<desc>Mosaic of 300 tiles in 10 ×");
    expect(svg).toContain(">x</text>");
  });

  it("lets no line of the page show through between its tiles, whatever the size that it is looked at", async () => {
    // Of cells of which most tiles are selected the page shines through least, and a line of it most.
    const most = Array.from({ length: 300 }, (_, row) => row).filter((row) => row % 5 > 0);
    for (const [classMarks, labels, selected] of [
      ["auto", false, null],
      ["tint", true, null],
      ["frame", true, null],
      ["auto", false, most],
      ["tint", true, most],
      ["frame", true, most],
    ] as const) {
      const expected = await open({ rows: 300, columns: 10, labels, props: { classMarks, classNames: false } });
      await opened.page.evaluate((rows) => figurePage.select(rows), selected);
      const svg = (await save({ format: "svg" })).toString();
      const [, width = 1, height = 1] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)?.map(Number) ?? [];
      const body = { left: 0, top: 0, width: width - (labels ? (29 * 72) / 25.4 : 0), height };
      // Of frames, 3.7 px wide here, both sides of an edge are to be seen.
      const across = classMarks === "frame" ? 997 : 613;
      const zoom = across / width;
      const view = await browser.newPage({ viewport: { width: across, height: Math.ceil(height * zoom) } });
      await view.setContent(
        `<style>body{margin:0}svg{display:block;width:${across}px;height:${height * zoom}px}</style>${svg}`,
      );
      const seen = PNG.sync.read(await view.screenshot());
      await view.close();
      const tiles = boxesIn(expected, body);
      const cells = new Set(expected.cells.map(({ column, line }) => `${column},${line}`));
      const light: string[] = [];
      expected.cells.forEach(({ column, line }, place) => {
        const box = tiles[place]?.box;
        if (!box || !cells.has(`${column + 1},${line}`)) return;
        // The lower quarter of a tile is black at its right, its neighbour coloured at its left.
        const x = (box.left + box.width) * zoom;
        const y = (box.top + 0.75 * box.height) * zoom;
        const aside = classMarks === "frame" ? 2 : 3;
        const [before, after] = [colorAt(seen, x - aside, y), colorAt(seen, x + aside, y)];
        for (const at of [x - 1, x, x + 1]) {
          const color = colorAt(seen, at, y);
          const most = [0, 1, 2].map((part) => Math.max(before[part] ?? 0, after[part] ?? 0));
          if (most.some((value, part) => (color[part] ?? 0) > value + 24)) light.push(`${column},${line}: ${color}`);
        }
      });
      expect(cells.size).toBeGreaterThan(20);
      expect(light).toEqual([]);
    }
  });

  it("names classes where most of their tiles lie, unless they are to have no names", async () => {
    const expected = await open({ rows: 300, columns: 10, labels: true });
    const named = (await save({ format: "svg" })).toString();
    const [, width = 1, height = 1] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(named)?.map(Number) ?? [];
    const body = { left: 0, top: 0, width: width - (29 * 72) / 25.4, height };
    const middles = boxesIn(
      {
        ...expected,
        cells: expected.classes.map((one) => ({ ...one, column: one.column - 0.5, line: one.line - 0.5, row: 0 })),
      },
      body,
    );
    const textsOf = (svg: string) =>
      [...svg.matchAll(/<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)<\/text>/g)].map(([, x, y, name]) => ({
        name,
        x: Number(x),
        y: Number(y),
      }));
    const onMap = textsOf(named).filter(({ x }) => x < body.width);
    expected.classes.forEach(({ name }, place) => {
      const { x = Number.NaN, y = Number.NaN } = onMap.find((one) => one.name === name) ?? {};
      const { left = 0, top = 0, width: side = 0 } = middles[place]?.box ?? {};
      expect(Math.hypot(x - left - side / 2, y - top - side / 2)).toBeLessThan(0.12 * body.width);
    });
    await open({ rows: 300, columns: 10, labels: true, props: { classNames: false } });
    const plain = (await save({ format: "svg" })).toString();
    expect(textsOf(plain).filter(({ x, name }) => x < body.width && name?.startsWith("class"))).toEqual([]);
    expect(expected.classes.length).toBe(4);
  });

  it("has a scale beside a density map, in every kind of file, and none beside tiles", async () => {
    await open({ rows: 20_000, columns: 400 });
    for (const [format, dpi] of [
      ["svg", 300],
      ["pdf", 300],
    ] as const) {
      const file = await save({ format, dpi });
      const text = format === "svg" ? file.toString() : (await readPdf(new Uint8Array(file))).lines.join("\n");
      expect(text).toContain("Tiles a cell (log)");
      expect(text).toContain("n = 20,000");
    }
    const ends = [...(await save({ format: "svg", dpi: 300 })).toString().matchAll(/>([\d,]+)<\/text>/g)];
    const most = await opened.page.evaluate(() => figurePage.mostInACell());
    expect(ends.map(([, end]) => end)).toEqual([String(most), "1"]);
    // More pixels on paper make cells no larger.
    expect((await save({ format: "svg", dpi: 600 })).toString()).toContain("Tiles a cell (log)");
    // The bar of a PNG: 25 mm of its darkest and lightest colours, right of the map.
    const picture = PNG.sync.read(await save({ format: "png", dpi: 100 }));
    const column = Math.round(((183 - 26 + 1) / 183) * picture.width);
    const inked = Array.from({ length: picture.height }, (_, y) => colorAt(picture, column, y)).filter(
      ([red = 255]) => red < 200,
    );
    expect(inked.length).toBeGreaterThan((24 * 100) / 25.4);
  });

  it("is tiles where the screen shows tiles, and a density map where it shows one, however large the file", async () => {
    await open({ rows: 20_000, columns: 100 });
    const isDensity = async (size: number) =>
      (await save({ format: "svg", size, dpi: 150 })).toString().includes("Tiles a cell (log)");
    // Without a screen by its own size: 5.4 px a cell, and 10.6.
    expect(await isDensity(150)).toBe(true);
    expect(await isDensity(300)).toBe(false);
    await opened.page.evaluate(() => figurePage.mount(500));
    await opened.page.locator(".ls-density-legend").waitFor();
    expect(await isDensity(300)).toBe(true);
    await opened.page.locator(".ls-body").focus();
    for (let times = 0; times < 4; times++) await opened.page.keyboard.press("+");
    await opened.page.locator(".ls-density-legend").waitFor({ state: "hidden" });
    expect(await isDensity(60)).toBe(false);
  });

  it("has as SVG one layer of 600 dpi where tiles are many, with the grid's tiles in it", async () => {
    const expected = await open({ rows: 20_000, columns: 80 });
    const found = picturesOf((await save({ format: "svg" })).toString());
    expect(found.map(({ picture }) => picture.width)).toEqual([Math.round((183 / 25.4) * 600)]);
    const [layer] = found;
    if (!layer) throw new Error("no layer");
    const tiles = boxesIn(expected, bodyOf(layer.picture));
    expect(tiles.map(({ box }) => rowIn(layer.picture, box))).toEqual(tiles.map(({ row }) => row));
  });

  it("has as PDF the same pictures, its caption as the subject and words that can be searched", async () => {
    const expected = await open({ rows: 300, columns: 10, labels: true });
    const pdf = await readPdf(new Uint8Array(await save({ format: "pdf" })));
    const rows = pdfPictures(pdf.document).map((picture) => rowIn(picture, bodyOf(picture)));
    expect(rows.toSorted((a, b) => a - b)).toEqual(expected.cells.map(({ row }) => row).toSorted((a, b) => a - b));
    expect(pdf.document.getSubject()).toContain("Mosaic of 300 tiles");
    expect(pdf.lines).toContain("y");
  });
});

it("lists the tiles on show with their cells as CSV, names that a spreadsheet would run made harmless", async () => {
  const expected = await open({ rows: 300, columns: 10, names: true });
  const [head, ...lines] = (await save({ format: "csv" })).toString().trimEnd().split("\r\n");
  expect(head).toBe("x,y,row,name");
  expect(lines).toEqual(expected.cells.map(({ column, line, row }) => `${column},${line},${row},'=tile ${row}`));
});

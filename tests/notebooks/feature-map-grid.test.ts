import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { scaleTable } from "../../src/widgets/theme/color-scales.ts";
import { pdfPictures } from "../support/pdf-text.ts";
import { expectInk } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

const CHANNELS = 704;
/** Channels of the last layer. */
const LAST = 128;

const colours = scaleTable("viridis");

/** Levels as red, green, blue and opacity. */
function colouredPixels(levels: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(4 * levels.length).fill(255);
  for (const [at, level] of levels.entries()) pixels.set(colours.subarray(3 * level, 3 * level + 3), 4 * at);
  return pixels;
}

const written = (text: string) => Number(text.replace("−", "-").replaceAll(",", ""));

/** Of each map of the last layer on the screen the colour in the middle of each of its 7 × 7 pixels. */
function drawnPixels(widget: Locator): Promise<readonly (readonly number[])[]> {
  return widget.evaluate((root, count) => {
    const [side, across, gap, bar] = [7, 16, 2, 4];
    const section = [...root.querySelectorAll<HTMLElement>(".ls-map-section")].at(-1);
    const strips = [...root.querySelectorAll<HTMLCanvasElement>(".ls-map-strip")];
    const top = Number.parseFloat(section?.style.top ?? "") + 24;
    const cell = ((strips[0]?.width ?? 0) - (across - 1) * gap) / across;
    return Array.from({ length: count }, (_, place) => {
      const y = top + Math.floor(place / across) * (cell + gap + bar);
      const x = (place % across) * (cell + gap);
      const strip = strips.find(({ offsetTop, offsetHeight }) => offsetTop <= y && y < offsetTop + offsetHeight);
      const context = strip?.getContext("2d");
      if (!strip || !context) return [];
      const pixels = context.getImageData(x, y - strip.offsetTop, cell, cell).data;
      return Array.from({ length: side * side }, (_, at) => {
        const middle = (index: number) => Math.floor(((index + 0.5) * cell) / side);
        const from = 4 * (middle(Math.floor(at / side)) * cell + middle(at % side));
        return [...pixels.subarray(from, from + 3)];
      }).flat();
    });
  }, LAST);
}

/** The lab's own loop over the maps, as it stretches a channel to bytes: without a deviation there is nothing to divide by. */
const FORMULA = `import numpy as np
def stretched(channel):
    channel = channel - channel.mean()
    with np.errstate(invalid="ignore", divide="ignore"):
        channel = channel / channel.std() * 64 + 128
    return np.clip(channel, 0, 255).astype("uint8")
names = list(dict.fromkeys(table.layer))
maps = [await grid.maps(name) for name in names]
dead = np.concatenate([layer.max(axis=(1, 2)) == layer.min(axis=(1, 2)) for layer in maps])
levels = [stretched(channel) for layer in maps for channel in layer]
np.concatenate([level.ravel() for level in levels]).tofile("levels.bin")`;

describe("feature maps in JupyterLab", () => {
  const lab = useLab();

  it("are 704 pictures, by NumPy's formula on the screen and in the PDF, and a pixel's account adds up", async () => {
    const { server } = lab;
    for (const name of ["lab-network.h5", "cat.png"]) await server.add(`notebooks/labs/lab-network/${name}`);
    const notebook = await lab.open(
      [
        `import layerscope as ls
grid = ls.FeatureMapGrid(ls.Model("lab-network.h5", scale=1 / 255), "cat.png")
grid`,
        `table = await grid.statistics()
await grid.save("maps.pdf"), await grid.save("maps.csv")`,
        FORMULA,
      ],
      { viewport: { width: 1280, height: 1600 } },
    );
    await notebook.runAll();
    const widget = notebook.widget();
    await expectInk(widget, 0.1);
    expect(await widget.locator(".ls-subtitle").textContent()).toBe(`cat.png, 8 layers, ${CHANNELS} channels`);
    await notebook.askUntil("import os; print(os.path.exists('levels.bin'))", (answer) => answer === "True", 120);
    expect(await notebook.ask("print(len(table), (table.dead == dead).all(), sum(len(layer) for layer in maps))")).toBe(
      `${CHANNELS} True ${CHANNELS}`,
    );
    const sizes: number[] = JSON.parse(await notebook.ask("print([len(level) for level in levels])"));
    const dead: boolean[] = JSON.parse(await notebook.ask("print(str(dead.tolist()).lower())"));
    const levels = await readFile(join(server.folder, "levels.bin"));

    // In the file: each channel pixel for pixel.
    const starts = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, side) => sum + side * side, 0));
    const levelsOf = (channel: number) =>
      levels.subarray(starts[channel] ?? 0, (starts[channel] ?? 0) + (sizes[channel] ?? 0) ** 2);
    const document = await PDFDocument.load(await readFile(join(server.folder, "maps.pdf")));
    const pictures = document.getPages().flatMap((_, page) => pdfPictures(document, page));
    expect(pictures).toHaveLength(CHANNELS);
    const wrong = pictures.flatMap(({ width, data }, channel) => {
      if (dead[channel]) return width === 1 ? [] : [channel];
      return Buffer.from(colouredPixels(levelsOf(channel))).equals(data) ? [] : [channel];
    });
    expect(wrong).toEqual([]);
    await widget.getByRole("button", { name: "Save" }).click();
    const [download] = await Promise.all([
      notebook.page.waitForEvent("download"),
      notebook.page.getByRole("menuitem", { name: "PDF" }).click(),
    ]);
    const saved = await readFile(await download.path(), "latin1");
    expect(saved.match(/\/Subtype \/Image/g)).toHaveLength(CHANNELS);
    expect((await readFile(join(server.folder, "maps.csv"), "utf8")).trim().split("\r\n")).toHaveLength(CHANNELS + 1);

    // On the screen: the last layer, whose maps are enlarged there, so that each of their pixels can be found again.
    await widget.locator(".ls-map-layer").last().click();
    const first = CHANNELS - LAST;
    const right = Array.from({ length: LAST }, (_, place) =>
      dead[first + place] ? null : [...colouredPixels(levelsOf(first + place))].filter((_, at) => at % 4 !== 3),
    );
    await expect
      .poll(
        async () =>
          (await drawnPixels(widget)).filter(
            (pixels, place) => right[place] && String(pixels) !== String(right[place]),
          ),
        {
          timeout: 30_000,
        },
      )
      .toEqual([]);

    // How a pixel came about: what is written adds up to what the map has there, as Python knows it.
    await widget.locator(".ls-map-layer").first().click();
    await widget.locator(".ls-map-scroller").focus();
    await notebook.page.keyboard.press("ArrowRight");
    await notebook.page.keyboard.press("Enter");
    const table = widget.locator(".ls-detail-table");
    await table.waitFor();
    const figures = (await table.locator("tr:not([hidden]) > td.ls-value:last-child").allTextContents()).map(written);
    const heads = await table.locator("tr:not([hidden]) > th:first-child").allTextContents();
    const sum = heads.indexOf("sum");
    const parts = figures.slice(0, sum - 1);
    expect(parts.reduce((total, part) => total + part, 0)).toBeCloseTo(figures[sum - 1] ?? Number.NaN, 9);
    const [, row, column] =
      /row (\d+), column (\d+)/.exec((await widget.locator(".ls-detail-title").textContent()) ?? "") ?? [];
    await notebook.askUntil("print(grid.channel)", (answer) => answer.startsWith("Channel(layer='conv2d"));
    const value = Number(await notebook.ask(`print(maps[0][grid.channel.channel, ${row}, ${column}])`));
    expect(figures.at(-1)).toBeCloseTo(value, 3);
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });
});

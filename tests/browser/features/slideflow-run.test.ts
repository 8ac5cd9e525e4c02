import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { floatsOf, referenceFile } from "../../support/engine-goldens.ts";
import { turnedJpeg } from "../../support/turned-jpeg.ts";

const SIDE = 64;
const answers = JSON.parse(
  readFileSync(new URL("../../reference/models/slideflow-features.json", import.meta.url), "utf8"),
);
const pictures = tilesOf(PNG.sync.read(Buffer.from(referenceFile("slideflow-tiles.png"))));

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  const entry = fileURLToPath(new URL("../model-engine/model-page.ts", import.meta.url));
  opened = await openBrowserPage(browser, entry);
  await serveEngine(opened.page);
  await opened.page.evaluate(() => window.modelPage.startEngine());
  const files = { "tinynet.onnx": Buffer.from(referenceFile("tinynet.onnx")).toString("base64") };
  const asked = { key: "tinynet", files, processor: "cpu", shape: null } as const;
  expect(await opened.page.evaluate((all) => window.modelPage.loadModel(all), asked)).toMatchObject({
    processor: "CPU",
  });
});
afterAll(() => browser.close());

/** The tiles of a sheet, row after row, as Slideflow's PyTorch backend gives them to a network. */
function tilesOf({ width, height, data }: PNG): number[] {
  const numbers: number[] = [];
  for (let top = 0; top < height; top += SIDE)
    for (let left = 0; left < width; left += SIDE)
      for (let channel = 0; channel < 3; channel++)
        for (let y = 0; y < SIDE; y++)
          for (let x = 0; x < SIDE; x++)
            numbers.push(Math.fround((data[((top + y) * width + left + x) * 4 + channel] ?? 0) / 127.5 - 1));
  return numbers;
}

const wanted = { layers: ["relu2", "relu3"], pooling: "avg", includePredictions: true, applySoftmax: true } as const;
const run = (options: object, other: object = {}) =>
  opened.page.evaluate((all) => window.modelPage.features(all), {
    key: "tinynet",
    options: { ...wanted, ...options },
    ...other,
  });

describe("Slideflow's own tiles through its own network", () => {
  it("give the activations and predictions that Slideflow's Features gave", async () => {
    const { features, columns, predictions, error, told } = await run({}, { pictures });
    expect(error).toBe("");
    expect(columns).toBe(40);
    expect(relativeDifference(Float32Array.from(features), floatsOf(answers.activations))).toBeLessThan(1e-5);
    expect(relativeDifference(Float32Array.from(predictions), floatsOf(answers.predictions))).toBeLessThan(1e-5);
    expect(told).toEqual([0, 36]);
  });

  it("give the same bits over workers with a session each, and in batches of one", async () => {
    const alone = await run({ batchSize: 1 }, { pictures });
    const shared = await run({ batchSize: 1, workers: 2 });
    expect([alone.error, shared.error, shared.workers]).toEqual(["", "", 2]);
    expect(shared.features).toEqual(alone.features);
    expect(shared.predictions).toEqual(alone.predictions);
    expect(shared.told.at(-1)).toBe(36);
    expect(shared.told).toHaveLength(37);
  });

  it.each([1, 2])("can be stopped between two batches: %i workers", async (workers) => {
    const { error, told } = await run({ batchSize: 1, workers }, { pictures, repeat: 30, cancelAt: 3 });
    expect(error).toMatch(/^cancelled: /);
    expect(told.at(-1)).toBeLessThan(30 * 36);
  });

  it("know the layer after the last convolution, and refuse one that there isn't", async () => {
    const { columns, error } = await run({ layers: ["postconv"], pooling: null }, { pictures });
    expect([columns, error]).toEqual([24, ""]);
    expect((await run({ layers: ["relu4"] })).error).toMatch(/^input: The model has no layer "relu4"\. Did you mean/);
  });
});

describe("encoded pictures come to a network as they are stored", () => {
  const prepare = async (mime: string, bytes: Iterable<number>) => {
    const base64 = Buffer.from(Uint8Array.from(bytes)).toString("base64");
    return opened.page.evaluate(([type, all]) => window.modelPage.preparePicture("tinynet", type, all), [
      mime,
      base64,
    ] as const);
  };

  it("with the colours of what is clear, as Pillow's convert gives them", async () => {
    const png = new PNG({ width: SIDE, height: SIDE });
    for (const place of png.data.keys()) png.data[place] = Math.imul(place, 2654435761 | 0) >>> 24;
    png.data.set([255, 255, 255, 0, 200, 100, 50, 1]);
    const found = await prepare("image/png", PNG.sync.write(png));
    const stored = [0, 1, 2].flatMap((channel) => [...png.data.filter((_, place) => place % 4 === channel)]);
    expect(found).toEqual(stored);
  });

  it("not turned as their Exif says", async () => {
    const jpeg = await opened.page.evaluate((side) => window.modelPage.drawJpeg(side), SIDE);
    const found = await prepare("image/jpeg", turnedJpeg(jpeg, 6));
    expect([found[0], found[SIDE * (SIDE - 1)], found[SIDE - 1]].map((red = 0) => red > 127)).toEqual([
      true,
      true,
      false,
    ]);
    expect(found).toEqual(await prepare("image/jpeg", jpeg));
  });
});

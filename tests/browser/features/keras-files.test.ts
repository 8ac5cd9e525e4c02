import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { floatsOf, referenceFile } from "../../support/engine-goldens.ts";

const answers = JSON.parse(
  readFileSync(new URL("../../reference/models/keras-features.json", import.meta.url), "utf8"),
);
/** As make-keras-features.py makes them. */
const pictures = Array.from({ length: 5 * 16 * 16 * 3 }, (_, place) => Math.imul(place, 2654435761 | 0) >>> 24);

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  const entry = fileURLToPath(new URL("../model-engine/model-page.ts", import.meta.url));
  opened = await openBrowserPage(browser, entry);
  await serveEngine(opened.page);
  await opened.page.evaluate(() => window.modelPage.startEngine());
});
afterAll(() => browser.close());

describe.each(["small.h5", "small.keras"])("%s, as Keras saved it", (name) => {
  const distance = (found: readonly number[], golden: string) =>
    relativeDifference(Float32Array.from(found), floatsOf(golden));
  const run = (options: object) =>
    opened.page.evaluate((all) => window.modelPage.features(all), { key: name, pictures, options });

  it.each(["cpu", "webgpu"] as const)("gives Keras' own activations and predictions: %s", async (processor) => {
    const file = gunzipSync(referenceFile(`${name}.gz`)).toString("base64");
    const asked = { key: name, files: { [name]: file }, processor, shape: null } as const;
    expect(await opened.page.evaluate((all) => window.modelPage.loadModel(all), asked)).toMatchObject({
      processor: processor === "cpu" ? "CPU" : "WebGPU",
    });
    const both = await run({ layers: ["last_conv", "postconv"], includePredictions: true });
    expect(both.error).toBe("");
    expect(both.columns).toBe(6 * 6 * 10 + 10);
    expect(distance(both.predictions, answers.predictions)).toBeLessThan(1e-5);
    const map = await run({ layers: ["last_conv"] });
    expect(distance(map.features, answers.last_conv)).toBeLessThan(1e-5);
    const pooled = await run({ layers: ["postconv"] });
    expect(distance(pooled.features, answers.post_convolution)).toBeLessThan(1e-5);
  });

  it("is drawn alike by both processors: a level apart at most, in a pixel of a thousand", async () => {
    const file = gunzipSync(referenceFile(`${name}.gz`)).toString("base64");
    const drawn = async (processor: "cpu" | "webgpu") => {
      const key = `${name} ${processor}`;
      const asked = { key, files: { [name]: file }, processor, shape: null } as const;
      const facts = await opened.page.evaluate((all) => window.modelPage.loadModel(all), asked);
      expect(facts).toMatchObject({ processor: processor === "cpu" ? "CPU" : "WebGPU" });
      const maps = await opened.page.evaluate(([one, pixels]) => window.modelPage.drawMaps(one, pixels, null), [
        key,
        pictures.slice(0, 768),
      ] as const);
      await opened.page.evaluate((one) => window.modelPage.forgetModel(one), key);
      return maps;
    };
    const [cpu, gpu] = [await drawn("cpu"), await drawn("webgpu")];
    if (typeof cpu === "string" || typeof gpu === "string") throw new Error(`${cpu} ${gpu}`);
    expect(cpu.map(({ length }) => length)).toEqual([768, 384, 384, 384, 360, 10, 4]);
    const other = gpu.flat();
    const apart = cpu.flat().map((level, pixel) => Math.abs(level - (other[pixel] ?? 999)));
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
    expect(apart.filter((each) => each > 0).length).toBeLessThanOrEqual(apart.length / 1000);
  });

  it("has the layer table with every shape", async () => {
    const layers = await opened.page.evaluate((key) => window.modelPage.modelLayers(key), name);
    const rows = typeof layers === "string" ? [layers] : layers;
    expect(rows.map((row) => (typeof row === "string" ? row : [row.name, row.type, row.outputs[0]?.shape]))).toEqual([
      ["pixels", "InputLayer", [null, 16, 16, 3]],
      ["rescaling", "Rescaling", [null, 16, 16, 3]],
      ["stem", "Conv2D", [null, 8, 8, 6]],
      ["stem_bn", "BatchNormalization", [null, 8, 8, 6]],
      ["stem_relu", "ReLU", [null, 8, 8, 6]],
      ["last_conv", "Conv2D", [null, 6, 6, 10]],
      ["post_convolution", "GlobalAveragePooling2D", [null, 10]],
      ["classes", "Dense", [null, 4]],
    ]);
  });
});

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { convertKeras } from "../../../src/compute/model/keras/convert/convert-keras.ts";
import type { KerasObject } from "../../../src/compute/model/keras/keras-model.ts";
import { writeOnnx } from "../../../src/compute/model/onnx/write/write-onnx.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { floatsOf, referenceFile } from "../../support/engine-goldens.ts";
import { modelOf, readGoldens } from "../../unit/model/keras-convert/keras-goldens.ts";

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

/** The lab's eight layers over smaller pictures: a GPU in software takes a minute for hers. */
function smallLab(side: number) {
  const lab = readGoldens("keras-layers.json.gz").cases.find(({ name }) => name === "the lab's network");
  if (!lab) throw new Error("no such case");
  const all = lab.config.config.layers as readonly KerasObject[];
  const kept = all.slice(1, 9);
  const input = { class_name: "InputLayer", config: { batch_shape: [null, side, side, 3] } };
  const architecture = { ...lab.config, config: { ...lab.config.config, layers: [input, ...kept] } };
  const { onnx, layers } = convertKeras({ ...modelOf(lab), architecture });
  const tensors = layers.map(({ outputs }) => outputs[0]?.tensor ?? "");
  return { file: Buffer.from(writeOnnx(onnx)).toString("base64"), tensors };
}

it("the lab's 704 pictures are the same on both processors: a level apart at most, in a pixel of a thousand", async () => {
  const { file, tensors } = smallLab(64);
  for (const processor of ["cpu", "webgpu"] as const) {
    const asked = { key: `lab ${processor}`, files: { "lab.onnx": file }, processor, shape: null };
    const facts = await opened.page.evaluate((all) => window.modelPage.loadModel(all), asked);
    expect(facts).toMatchObject({ processor: processor === "cpu" ? "CPU" : "WebGPU" });
  }
  // Stripes, so that edges answer.
  const striped = Array.from({ length: 64 * 64 * 3 }, (_, at) => ((at * 7) % 192 < 96 ? 0.9 : 0.1) + (at % 3) / 30);
  const { channels, sizes, apart, furthest, varied } = await opened.page.evaluate(
    ([picture, layers]) => window.modelPage.compareMaps(["lab cpu", "lab webgpu"], picture, layers),
    [striped, tensors] as const,
  );
  expect(channels.reduce((sum, count) => sum + count, 0)).toBe(704);
  expect(sizes).toEqual([62, 31, 29, 14, 12, 6, 4, 2].map((side, at) => side * side * (channels[at] ?? 0)));
  expect(varied).toBeGreaterThan(200);
  expect(furthest).toBeLessThanOrEqual(1);
  expect(apart).toBeLessThanOrEqual(sizes.reduce((sum, size) => sum + size, 0) / 1000);
});

import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { withDataBeside } from "../../support/data-beside.ts";
import { serveEnginePart } from "../../support/engine-files.ts";
import { floatsOf, referenceFile } from "../../support/engine-goldens.ts";
import type { ModelsPage } from "./models-page.ts";

declare const modelsPage: ModelsPage;

const answers = JSON.parse(Buffer.from(referenceFile("keras-features.json")).toString()) as Record<string, string>;
const keras = (name: string) => ({ [name]: gunzipSync(referenceFile(`${name}.gz`)).toString("base64") });
const distance = (found: readonly number[], golden: string | undefined) =>
  relativeDifference(Float32Array.from(found), floatsOf(golden ?? ""));

/** Files as base64 by name. */
const encoded = (files: Readonly<Record<string, Uint8Array>>) =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]));

let browser: Browser;
let opened: BrowserPage;
let fetched: { readonly count: number };
// One page for all: the engine's start is most of what each would take.
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, resolve(import.meta.dirname, "models-page.ts"));
  fetched = await serveEnginePart(opened.page);
});
afterAll(() => browser.close());

describe("a model in a page, without Python", () => {
  it.each(["small.h5", "small.keras"])("%s gives Keras' own activations and predictions, awaited", async (name) => {
    const found = await opened.page.evaluate(async (files) => {
      const model = await modelsPage.load(files);
      const features = new modelsPage.layerscope.Features(model, { includePredictions: true });
      const { data, shape, predictions } = await features.activations(modelsPage.pictures(5));
      const widths = [await features.numFeatures, await features.numClasses, await features.layers];
      const shown = await model.preprocess(modelsPage.pictures(2));
      const summary = await model.summary();
      return {
        data: [...data],
        shape,
        predictions: [...(predictions?.data ?? [])],
        widths,
        shown: [shown.shape, shown.applied, shown.sentence],
        summary,
        layers: model.layers.map((layer) => [layer.name, layer.outputs[0]?.shape]),
      };
    }, keras(name));
    expect(distance(found.data, answers.post_convolution)).toBeLessThan(1e-5);
    expect(distance(found.predictions, answers.predictions)).toBeLessThan(1e-5);
    expect(found.shape).toEqual([5, 10]);
    expect(found.widths).toEqual([10, 4, ["post_convolution"]]);
    expect(found.shown).toEqual([
      [2, 16, 16, 3],
      true,
      "Prepared: RGB, resized to 16 × 16 (nearest), values 0 to 255, channels last.",
    ]);
    expect(found.summary).toContain("post_convolution (GlobalAveragePooling2D)");
    expect(found.layers.at(-1)).toEqual(["classes", [null, 4]]);
  });

  it("an .onnx file with its data beside it is mapped, mosaicked and compared in three lines: the model runs once", async () => {
    const found = await opened.page.evaluate(
      async (files) => {
        const { Features, umapScatter, mosaic, boxPlot, link } = modelsPage.layerscope;
        const model = await modelsPage.load(files, { backend: "wasm", standardize: "torch", size: 64 });
        const images = Array.from({ length: 48 }, (_, row) => {
          const image = new ImageData(64, 64);
          image.data.forEach((_, at) => {
            image.data[at] = at % 4 === 3 ? 255 : Math.imul(at + row * 977, 2654435761 | 0) >>> 24;
          });
          return image;
        });
        const labels = images.map((_, row) => (row % 2 ? "odd" : "even"));
        const features = new Features(model, { layers: "relu3", pooling: "avg" });
        const acts = features.activations(images);
        const before = acts.shape;
        const loadsBefore = modelsPage.asked.filter((name) => name === "loadModel").length;
        const runsBefore = modelsPage.asked.filter((name) => name === "pictureFeatures").length;
        const map = umapScatter({ points: acts, labels });
        const elements = [
          map,
          mosaic({ images, points: features.activations(images) }),
          boxPlot({ values: acts, labels }),
        ];
        link(...elements);
        document.getElementById("root")?.append(...elements);
        await Promise.all(elements.map(({ ready }) => ready));
        return {
          before,
          after: acts.shape,
          subtitle: map.querySelector(".ls-subtitle")?.textContent,
          embedding: map.embedding?.length,
          runs: modelsPage.asked.filter((name) => name === "pictureFeatures").length - runsBefore,
          // Opened by `Model.load`, a line before.
          loads: modelsPage.asked.filter((name) => name === "loadModel").length - loadsBefore,
        };
      },
      encoded(withDataBeside("tinynet.onnx")),
    );
    expect(found.before).toEqual([48, 0]);
    expect(found.after).toEqual([48, 24]);
    expect(found.subtitle).toContain("48 rows × 24");
    expect(found.embedding).toBe(96);
    // 48 pictures go in two lots, 16 and 32.
    expect(found).toMatchObject({ runs: 2, loads: 0 });
    expect(fetched.count).toBe(1);
    expect(opened.errors).toEqual([]);
  });

  it("what can't be opened is told by name, and what is stopped can be asked for again", async () => {
    const beside = encoded(withDataBeside("tinynet.onnx"));
    const [alone] = Object.entries(beside);
    const found = await opened.page.evaluate(
      async ([lonely, whole]) => {
        const { Features } = modelsPage.layerscope;
        const missing = await modelsPage.refusal(() => modelsPage.load(lonely));
        const model = await modelsPage.load(whole, { backend: "wasm", standardize: "torch" });
        const noLayer = await modelsPage.refusal(() =>
          new Features(model, { layers: "relu4" }).activations(modelsPage.pictures(3)),
        );
        const misnamed = await modelsPage.load(whole, { backend: "wasm", standardize: "torch", classes: ["one"] });
        const otherClasses = await modelsPage.refusal(
          () =>
            new Features(misnamed, { layers: [], includePredictions: true })
              .activations(modelsPage.pictures(3))
              .predictions?.read() ?? Promise.resolve(),
        );
        const elsewhere = await modelsPage.refusal(() =>
          modelsPage.layerscope.Model.load("https://example.org/model.onnx"),
        );
        const acts = new Features(model, { layers: "relu3", batchSize: 1 }).activations(modelsPage.pictures(400));
        const stop = new AbortController();
        const sentences: string[] = [];
        const stopped = await modelsPage.refusal(() =>
          acts.read({
            signal: stop.signal,
            onProgress: ({ stage, done, total }) => {
              sentences.push(`${stage} ${total}`);
              if (done > 20 && total === 400) stop.abort();
            },
          }),
        );
        const later: number[] = [];
        const again = await acts.read({ onProgress: ({ done, total }) => void (total === 400 && later.push(done)) });
        const whole400 = await new Features(model, { layers: "relu3", batchSize: 400 }).activations(
          modelsPage.pictures(400),
        );
        const far = again.data.reduce(
          (most, value, at) => Math.max(most, Math.abs(value - (whole400.data[at] ?? 0))),
          0,
        );
        const { data } = await new Features(model, { layers: "relu3" }).activations(modelsPage.pictures(3));
        await modelsPage.forget();
        const reopened = await new Features(model, { layers: "relu3", batchSize: 3 }).activations(
          modelsPage.pictures(3),
        );
        const isSame = reopened.data.length > 0 && reopened.data.every((value, at) => value === data[at]);
        return {
          missing,
          noLayer,
          otherClasses,
          elsewhere,
          stopped,
          sentences: [...new Set(sentences)],
          rows: again.shape[0],
          continued: later[0],
          far,
          isSame,
        };
      },
      [Object.fromEntries([alone ?? []]), beside] as const,
    );
    expect(found.missing).toMatch(/^input: tinynet\.onnx keeps weights in a file that is missing: tinynet\.onnx\.data/);
    expect(found.noLayer).toMatch(/^input: The model has no layer "relu4"\. Did you mean/);
    expect(found.otherClasses).toMatch(/^input: classes has 1 name; tinynet\.onnx answers \d+ numbers to a picture\./);
    expect(found.elsewhere).toMatch(/^input: The model https:\/\/example\.org\/model\.onnx lies on another machine/);
    expect(found.stopped).toBe("cancelled: Stopped.");
    expect(found.sentences).toContain("Running relu3 of tinynet.onnx (WebAssembly) 400");
    expect(found.rows).toBe(400);
    // The first lot of sixteen was answered.
    expect(found.continued).toBe(16);
    expect(found.far).toBeLessThan(1e-4);
    // The worker had let go of it.
    expect(found.isSame).toBe(true);
  });
});

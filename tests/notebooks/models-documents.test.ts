import { gunzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { withDataBeside } from "../support/data-beside.ts";
import { shownUnits } from "../support/drawn-boxes.ts";
import { dropFiles } from "../support/drop-files.ts";
import { referenceFile } from "../support/engine-goldens.ts";
import { openDocument } from "../support/observable-site.ts";
import { expectInk } from "../support/scatter-actions.ts";

/** Slideflow's own tiles and network, and what its Features answered to them. */
const DOCUMENT = `<!doctype html>
<notebook theme="air">
  <title>A trained model</title>
  <script id="1" type="module">
    import {boxPlot, Features, Model, modelTable, mosaic, umapScatter} from "layerscope";
    const sheet = await createImageBitmap(await FileAttachment("tiles.png").blob());
    const cuts = [];
    for (let top = 0; top < sheet.height; top += 64)
      for (let left = 0; left < sheet.width; left += 64) cuts.push(createImageBitmap(sheet, left, top, 64, 64));
    const tiles = await Promise.all(cuts);
    const slides = tiles.map((_, row) => "slide " + Math.floor((row * 64) / sheet.width));
  </script>
  <script id="2" type="module">
    const files = [await FileAttachment("tinynet.onnx").url(), await FileAttachment("tinynet.onnx.data").blob()];
    const model = await Model.load([files[0], {name: "tinynet.onnx.data", content: files[1]}], {standardize: "torch"});
    display(modelTable({model}));
  </script>
  <script id="3" type="module">
    const acts = new Features(model, {layers: ["relu2", "relu3"], pooling: "avg"}).activations(tiles);
    const map = umapScatter({points: acts, labels: slides, images: tiles, nNeighbors: 5});
    display(map);
    display(mosaic({images: tiles, points: acts, numTilesX: 6}));
    display(boxPlot({values: acts, labels: slides}));
  </script>
  <script id="4" type="module">
    const {data, shape, layers} = await acts;
    const golden = JSON.parse(await FileAttachment("features.json").text()).activations;
    const told = new Float32Array(Uint8Array.from(atob(golden), (letter) => letter.charCodeAt(0)).buffer);
    const far = Math.hypot(...data.map((value, at) => value - told[at])) / Math.hypot(...told);
    display(shape.join(" × ") + " of " + layers.join(" and ") + (far < 1e-5 ? ", as Slideflow's" : ", far: " + far));
  </script>
  <script id="5" type="module">
    await map.ready;
    const page = await (await map.toHtml()).text();
    display((page.includes("ls-part-engine") ? "with" : "without") + " an engine, " + (page.includes("$array") ? "with" : "without") + " numbers");
  </script>
  <script id="6" type="module">
    const dropped = view(modelTable());
  </script>
  <script id="7" type="module">
    display(dropped ? dropped.layers.length + " layers of " + dropped.name : "nothing dropped");
  </script>
</notebook>`;

describe("a trained model in an Observable document", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it("is read without Python, mapped, mosaicked and compared; awaited, a hidden layer is Slideflow's; one that is dropped is the document's", async () => {
    const document = await openDocument(browser, DOCUMENT, {
      ...withDataBeside("tinynet.onnx"),
      "tiles.png": referenceFile("slideflow-tiles.png"),
      "features.json": referenceFile("slideflow-features.json"),
    });
    const { page } = document;
    const widget = (index: number) => page.locator(".layerscope").nth(index);
    await page.getByText("36 × 40 of /relu2/Relu and /relu3/Relu, as Slideflow's").waitFor();
    await widget(0).getByText("/relu3/Relu").first().waitFor();
    for (const place of [1, 2]) {
      await widget(place).scrollIntoViewIfNeeded();
      await expectInk(widget(place), 0.005);
    }
    await expect.poll(() => shownUnits(widget(3)), { timeout: 60_000 }).toHaveLength(6);
    await page.getByText("without an engine, with numbers").waitFor();

    const empty = widget(4).locator(".ls-body");
    await page.getByText("nothing dropped").waitFor();
    const [graph = [], weights = []] = Object.entries(withDataBeside("tinynet.onnx"));
    await dropFiles(empty, Object.fromEntries([graph]));
    await widget(4).getByText("is missing: tinynet.onnx.data").first().waitFor();
    await dropFiles(empty, Object.fromEntries([weights]));
    await page.getByText(/\d layers of tinynet\.onnx/).waitFor();
    for (const name of ["small.h5", "small.keras"]) {
      await dropFiles(empty, { [name]: gunzipSync(referenceFile(`${name}.gz`)) });
      await page.getByText(`layers of ${name}`).waitFor();
    }
    expect(document.outside).toEqual([]);
    expect(document.errors).toEqual([]);
    await document.close();
  });
});

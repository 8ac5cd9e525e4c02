import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { withDataBeside } from "../support/data-beside.ts";
import { changedPixels, drawnPanels, farthestByte } from "../support/drawn-panels.ts";
import { referenceFile } from "../support/engine-goldens.ts";
import { openDocument } from "../support/observable-site.ts";
import { expectStatus } from "../support/scatter-actions.ts";

/** Maps that a run of the real Slideflow left, read in the document as its author would; then each method by its name. */
const DOCUMENT = `<!doctype html>
<notebook theme="air">
  <title>What a network looks at</title>
  <script id="1" type="module">
    import {Model, SaliencyMap} from "layerscope";
    const told = JSON.parse(await FileAttachment("slideflow-maps.json").text());
    const packed = (await FileAttachment("slideflow-maps.bin.gz").blob()).stream().pipeThrough(new DecompressionStream("gzip"));
    const floats = new Float32Array(await new Response(packed).arrayBuffer());
    const slideflow = {};
    let at = 0;
    for (const {name, shape} of told.arrays) slideflow[name] = {data: floats.slice(at, (at += shape.reduce((a, b) => a * b, 1))), shape};
    const image = {data: Uint8Array.from(slideflow.image_u8.data), shape: slideflow.image_u8.shape};
    const farthest = ({data}, name) => data.reduce((far, value, place) => Math.max(far, Math.abs(value - slideflow[name].data[place])), 0);
  </script>
  <script id="2" type="module">
    const files = [await FileAttachment("tinynet.onnx").url(), await FileAttachment("tinynet.onnx.data").blob()];
    const model = await Model.load([files[0], {name: "tinynet.onnx.data", content: files[1]}], {standardize: "torch"});
    const smap = new SaliencyMap(model, told.classIdx);
  </script>
  <script id="3" type="module">
    const far = {
      vanilla: farthest(await smap.vanilla(image), "map_vanilla"),
      integrated: farthest(await smap.integratedGradients(image), "map_integrated_gradients"),
      guided: farthest(await smap.guidedIntegratedGradients(image), "map_guided_integrated_gradients"),
      blur: farthest(await smap.blurIntegratedGradients(image), "map_blur_integrated_gradients"),
      gradcam: farthest(await smap.gradcam(image, {layer: "relu3"}), "map_gradcam_relu3"),
    };
    display(Object.entries(far).every(([, distance]) => distance < 1e-4) ? "as Slideflow's" : JSON.stringify(far));
  </script>
  <script id="4" type="module">
    const few = {steps: 5, xSteps: 5};
    const others = {
      gradientXInput: await smap.gradientXInput(image),
      gradcamPlusPlus: await smap.gradcamPlusPlus(image),
      layercam: await smap.layercam(image),
      xrai: await smap.xrai(image, few),
      xraiFast: await smap.xraiFast(image, few),
      occlusion: await smap.occlusion(image, {size: 16, stride: 16}),
      smoothed: await smap.vanilla(image, {smooth: true, nsamples: 4}),
      constant: await smap.get(image, SaliencyMap.XRAI_FAST, few),
    };
    const all = await smap.all(image, {...few, nsamples: 2});
    const isMap = ({data, shape}) => shape.join() === "64,64" && Math.min(...data) >= 0 && Math.max(...data) <= 1 && new Set(data).size > 4;
    display([...Object.entries(others), ...Object.entries(all)].filter(([, map]) => !isMap(map)).map(([name]) => name).join() || "all are maps");
    display(Object.keys(all).join(", "));
  </script>
  <script id="5" type="module">
    const path = await smap.integratedGradients(image, {xSteps: 50, method: "gausslegendre", raw: true});
    const sum = path.raw.data.reduce((total, value) => total + value, 0);
    display(Math.abs(sum - path.completeness.sum) < 1e-4 && Math.abs(path.completeness.error / path.completeness.difference) < 1e-3 ? "complete" : JSON.stringify(path.completeness));
    const [one, two] = await smap.vanilla([image, image]);
    display(one.data.every((value, place) => value === two.data[place]) ? "a list for a list" : "two maps of one picture");
    const stop = new AbortController();
    const stopped = smap.occlusion(image, {size: 3, signal: stop.signal, onProgress: () => stop.abort()});
    display(await stopped.then(() => "not stopped", (error) => "occlusion was " + error.kind));
  </script>
  <script id="6" type="module">
    const graph = await model.gradientGraph({target: {class: told.classIdx}});
    const again = await Model.load(new File([graph.bytes], "gradient.onnx"));
    display(again.name + " is a model: " + again.layers.length + " layers");
    display(await smap.gradcam(image, {layer: "relu9"}).catch((error) => error.message));
  </script>
</notebook>`;

/** The tour's own network and one of its crops, every method over it, with few steps. */
const OVERLAY = `<!doctype html>
<notebook theme="air">
  <title>What its answer stands on</title>
  <script id="1" type="module">
    import {Model, saliencyOverlay} from "layerscope";
    const {offsets, labels, names} = JSON.parse(await FileAttachment("crops.json").text());
    const packed = new Uint8Array(await (await FileAttachment("crops.bin").blob()).arrayBuffer());
    const row = labels.indexOf(names.indexOf("coins"));
    const coins = packed.slice(offsets[row], offsets[row + 1]);
    const model = await Model.load(await FileAttachment("network.onnx").url(), {mean: [0], deviation: [1], classes: names});
  </script>
  <script id="2" type="module">
    const method = ["vanilla", "gradient_x_input", "integrated_gradients", "guided_integrated_gradients",
      "blur_integrated_gradients", "xrai", "xrai_fast", "gradcam", "gradcam_plus_plus", "layercam", "occlusion"];
    const few = {xSteps: 6, steps: 6, size: 16, stride: 16};
    const overlay = saliencyOverlay({model, images: [coins], imageNames: ["coins"], method, ...few}, {invalidation});
    globalThis.overlay = overlay;
    const looked = view(overlay);
  </script>
  <script id="3" type="module">
    display(looked.classIdx === null ? "nothing is looked at" : "It is about " + names[looked.classIdx] + ".");
  </script>
  <script id="4" type="module">
    await overlay.ready;
    const paper = new OffscreenCanvas(64, 64).getContext("2d");
    paper.drawImage(await createImageBitmap(new Blob([coins])), 0, 0);
    globalThis.picture = [...paper.getImageData(0, 0, 64, 64).data];
    display("The picture is known.");
  </script>
</notebook>`;

declare global {
  var overlay: {
    mask(): Promise<{ readonly data: Float32Array; readonly shape: readonly number[] }>;
    curves(): Promise<{ readonly deletion: Float32Array }>;
    update(changed: object): void;
  };
  var picture: readonly number[];
}

/** The picture in grey (Rec. 709), matplotlib's inferno over it by 0.85 of the map's value. */
function laidOver(picture: readonly number[], map: readonly number[], inferno: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: 3 * map.length }, (_, at) => {
    const [place, color] = [Math.floor(at / 3), at % 3];
    const [red = 0, green = 0, blue = 0] = picture.slice(4 * place, 4 * place + 3);
    const [grey, value] = [0.2126 * red + 0.7152 * green + 0.0722 * blue, map[place] ?? 0];
    const over = inferno[3 * Math.min(255, Math.floor(256 * value)) + color] ?? 0;
    return Math.round(grey + 0.85 * value * (over - grey));
  });
}

describe("saliency maps in an Observable document", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it("are Slideflow's, by any method; a list gives a list; one that is given up ends; the gradient is a model", async () => {
    const document = await openDocument(browser, DOCUMENT, {
      ...withDataBeside("tinynet.onnx"),
      "slideflow-maps.json": referenceFile("../saliency/slideflow-maps.json"),
      "slideflow-maps.bin.gz": referenceFile("../saliency/slideflow-maps.bin.gz"),
    });
    const { page } = document;
    for (const said of ["as Slideflow's", "all are maps", "complete", "a list for a list", "occlusion was cancelled"])
      await page.getByText(said).first().waitFor();
    await page.getByText(/Vanilla, Vanilla \(Smoothed\), Integrated Gradients, /).waitFor();
    await page.getByText(/gradient.onnx is a model: \d+ layers/).waitFor();
    await page.getByText(/The model has no layer "relu9"/).waitFor();
    expect(document.outside).toEqual([]);
    expect(document.errors).toEqual([]);
    await document.close();
  });

  it("lie over their picture by the formula, whatever the method; another class has another map; the last stays where one is given up", async () => {
    const folder = "notebooks/data/picture-network";
    const names = ["crops.json", "crops.bin", "network.onnx"];
    const files = await Promise.all(names.map(async (name) => [name, await readFile(`${folder}/${name}`)] as const));
    const document = await openDocument(browser, OVERLAY, Object.fromEntries(files));
    const { page } = document;
    const widget = page.locator(".layerscope");
    const { tables } = JSON.parse(Buffer.from(referenceFile("../saliency/colormap-goldens.json")).toString());
    const inferno = Uint8Array.from(Buffer.from(tables.inferno, "base64"));
    await page.getByText("The picture is known.").waitFor();
    await page.getByText("It is about coins.").waitFor();
    const asDrawn = async () => {
      const [picture, { data, shape }] = await page.evaluate(async () => {
        const { data, shape } = await overlay.mask();
        return [globalThis.picture, { data: [...data], shape }] as const;
      });
      expect(shape).toEqual([1, 11, 64, 64]);
      const size = 64 * 64;
      const expected = Array.from({ length: 11 }, (_, at) =>
        laidOver(picture, data.slice(at * size, (at + 1) * size), inferno),
      );
      const [alone, ...maps] = await drawnPanels(widget);
      const seen = Uint8Array.from(picture.filter((_, at) => at % 4 !== 3));
      expect(farthestByte(alone?.colors ?? new Uint8Array(), seen)).toBeLessThanOrEqual(1);
      expect(maps).toHaveLength(11);
      for (const [at, { label, colors }] of maps.entries())
        expect(farthestByte(colors, expected[at] ?? new Uint8Array()), label).toBeLessThanOrEqual(1);
      return maps;
    };
    const first = await asDrawn();
    expect(new Set(first.map(({ colors }) => String(colors))).size).toBe(11);

    const rows = widget.locator(".ls-class-row");
    const named = (await rows.nth(1).locator(".ls-class-name").textContent()) ?? "";
    await rows.nth(1).click();
    await page.getByText(`It is about ${named}.`).waitFor();
    const second = await asDrawn();
    for (const [at, panel] of second.entries()) {
      const before = first[at];
      expect(before ? changedPixels(before, panel) : 0, panel.label).toBeGreaterThan(200);
      expect(panel.label).toContain(named);
    }

    // With everything blurred away hardly anything speaks for coins.
    await widget.getByRole("button", { name: "Likeliest" }).click();
    await page.getByText("It is about coins.").waitFor();
    const share = async () => Number(await rows.first().locator(".ls-class-share").textContent());
    expect(await share()).toBeGreaterThan(0.9);
    const slider = widget.getByRole("slider", { name: "Erase the most salient places" });
    await slider.press("End");
    await expect.poll(share).toBeLessThan(0.1);
    const deletion = await page.evaluate(async () => [...(await overlay.curves()).deletion]);
    expect(await share()).toBe(Number(deletion.at(-1)?.toFixed(2)));
    await slider.press("Home");

    const before = await asDrawn();
    await page.evaluate(() => overlay.update({ method: "vanilla", smooth: true, nsamples: 10_000 }));
    await widget.getByRole("button", { name: "Cancel", exact: true }).click();
    await expectStatus(widget, /^Stopped: the maps on show were made before\./);
    expect(await asDrawn()).toEqual(before);
    expect(document.outside).toEqual([]);
    expect(document.errors).toEqual([]);
    await document.close();
  });
});

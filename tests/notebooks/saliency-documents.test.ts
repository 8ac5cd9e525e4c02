import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { withDataBeside } from "../support/data-beside.ts";
import { referenceFile } from "../support/engine-goldens.ts";
import { openDocument } from "../support/observable-site.ts";

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
});

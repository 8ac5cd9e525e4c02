import { readFileSync } from "node:fs";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Browser, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { dropFiles } from "../../support/drop-files.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { expectStatus, statusOf } from "../../support/scatter-actions.ts";
import { labLayers } from "../../unit/model/layers/keras-layers.ts";
import type {} from "./model-table-page.ts";

const folder = new URL("../../reference/models/", import.meta.url);
const base64 = (name: string) => {
  const bytes = readFileSync(new URL(name, folder));
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("base64");
};
const beside = { "net.onnx": base64("written-beside.onnx") };
const weights = { "small.weights": base64("small.weights") };
const keras = { "small.keras": base64("small.keras.gz") };

let browser: Browser;
let opened: BrowserPage;
const widget = (): Locator => opened.page.locator(".layerscope").last();
const lines = () => widget().locator(".ls-layer-line");
const names = () => widget().locator(".ls-layer-line > .ls-layer-layer").allTextContents();
const cells = () =>
  lines().evaluateAll((all) => all.map((line) => [...line.children].map((cell) => cell.textContent ?? "")));
const button = (name: string) => widget().getByRole("button", { name, exact: true });
const drop = (files: Readonly<Record<string, string>>) => {
  const given = Object.entries(files).map(([name, text]) => [name, Buffer.from(text, "base64")] as const);
  return dropFiles(widget().locator(".ls-body"), Object.fromEntries(given));
};
const subtitle = () => widget().locator(".ls-subtitle").textContent();

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/model-table/model-table-page.ts");
  await serveEngine(opened.page);
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  expect(opened.requests).toEqual([]);
  await opened.close();
});

describe("the table of the lab's network", () => {
  it("has Keras' rows and totals word for word", async () => {
    await opened.page.evaluate((layers) => globalThis.modelTablePage.openSaved(layers), labLayers);
    expect((await cells()).map((row) => row.slice(0, 4))).toEqual([
      ["conv2d_1", "Conv2D", "(None, 148, 148, 32)", "896"],
      ["max_pooling2d_1", "MaxPooling2D", "(None, 74, 74, 32)", "0"],
      ["conv2d_2", "Conv2D", "(None, 72, 72, 64)", "18,496"],
      ["max_pooling2d_2", "MaxPooling2D", "(None, 36, 36, 64)", "0"],
      ["conv2d_3", "Conv2D", "(None, 34, 34, 128)", "73,856"],
      ["max_pooling2d_3", "MaxPooling2D", "(None, 17, 17, 128)", "0"],
      ["conv2d_4", "Conv2D", "(None, 15, 15, 128)", "147,584"],
      ["max_pooling2d_4", "MaxPooling2D", "(None, 7, 7, 128)", "0"],
      ["flatten_1", "Flatten", "(None, 6272)", "0"],
      ["dense_1", "Dense", "(None, 512)", "3,211,776"],
      ["dense_2", "Dense", "(None, 1)", "513"],
    ]);
    expect(await widget().locator(".ls-model-totals > span").allTextContents()).toEqual([
      "Total params: 3,453,121 (13.17 MB)",
      "Trainable params: 3,453,121 (13.17 MB)",
      "Non-trainable params: 0 (0.00 B)",
      "Multiply-adds a picture: 236,095,488",
    ]);
    expect(await subtitle()).toBe("lab.h5, Keras 2.2.4, 13.9 MB, 3,453,121 parameters, 236 million multiply-adds");
  });

  it("is sorted by its columns and found in by keys, and gives away names and files", async () => {
    await opened.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await opened.page.evaluate((layers) => globalThis.modelTablePage.openSaved(layers), labLayers);
    await button("parameters").click();
    expect((await names()).slice(0, 3)).toEqual(["dense_1", "conv2d_4", "conv2d_3"]);
    await button("parameters").click();
    expect((await names()).slice(-1)).toEqual(["dense_1"]);
    await button("parameters").click();
    expect((await names())[0]).toBe("conv2d_1");
    await widget().locator(".ls-layer-scroller").focus();
    await opened.page.keyboard.press("/");
    await opened.page.keyboard.type("conv2d");
    expect(await names()).toEqual(["conv2d_1", "conv2d_2", "conv2d_3", "conv2d_4"]);
    await opened.page.keyboard.press("Enter");
    await opened.page.keyboard.press("ArrowDown");
    expect(await widget().locator(".ls-layer-told").textContent()).toContain("conv2d_2Conv2D, (None, 72, 72, 64)");
    await opened.page.keyboard.press("Control+c");
    await expectStatus(widget(), /Name conv2d_2 copied/);
    expect(await opened.page.evaluate(() => navigator.clipboard.readText())).toBe("conv2d_2");
    // Few words go soon: what takes longer to read stays for six seconds.
    await expect.poll(() => statusOf(widget()), { timeout: 5000 }).not.toContain("copied");
    for (const item of ["CSV", "Text", "SVG", "PNG"]) {
      await button("Save").click();
      await widget().getByRole("menuitem", { name: item, exact: true }).click();
      await expectStatus(widget(), /Saved model-layers/);
    }
    const files = ["csv", "txt", "svg", "png"].map((ending) => `model-layers.${ending}`);
    await expect
      .poll(() => opened.page.evaluate(() => globalThis.modelTablePage.savedNames()), { timeout: 30_000 })
      .toEqual(files);
    const [csv = "", text = "", svg = ""] = await opened.page.evaluate(
      (all) => Promise.all(all.map((name) => globalThis.modelTablePage.savedText(name))),
      files,
    );
    expect(csv.split("\r\n")[10]).toMatch(/^dense_1,Dense,"\(None, 512\)",3211776,3211776,3211264,float32/);
    expect(text).toContain(" Total params: 3,453,121 (13.17 MB)");
    expect(svg).toContain("(None, 148, 148, 32)");
    expect(svg).toContain("Total params: 3,453,121 (13.17 MB)");
  });
});

describe("a table of a thousand layers", () => {
  it("builds those alone that are seen, wherever it is scrolled", async () => {
    const [first] = labLayers;
    if (!first) throw new Error("no layer");
    const layers = Array.from({ length: 1000 }, (_, at) => ({ ...first, name: `conv_${at}` }));
    const spent = await opened.page.evaluate(async (all) => {
      await globalThis.modelTablePage.openSaved(all);
      return document.querySelectorAll(".ls-layer-line").length;
    }, layers);
    expect(spent).toBeLessThan(60);
    await widget().locator(".ls-layer-scroller").focus();
    await opened.page.keyboard.press("End");
    await expect.poll(names).toContain("conv_999");
    expect(await lines().count()).toBeLessThan(60);
  });
});

describe("a model that is dropped", () => {
  it("is asked for, opened with the file of its weights, and answers", async () => {
    await opened.page.evaluate(() => globalThis.modelTablePage.open(null, { shares: "here" }));
    expect(await widget().textContent()).toContain("Drop a model here, or choose its files.");
    await drop({ ...beside, ...weights });
    await expect.poll(async () => (await names()).length, { timeout: 60_000 }).toBeGreaterThan(3);
    expect(await subtitle()).toMatch(/^net\.onnx, opset \d+, /);
    expect(await widget().locator(".ls-backend-name").textContent()).toMatch(/^(WebAssembly|WebGPU)$/);
    const { text } = await opened.page.evaluate(() => globalThis.modelTablePage.ask("summary"));
    expect(text).toContain('Model: "net.onnx"');
    expect(await opened.page.evaluate(() => globalThis.modelTablePage.told)).toEqual([
      { name: "net.onnx", key: expect.stringMatching(/^model-/), isDropped: true, preprocessing: {} },
    ]);
  });

  it("is asked for what it lacks by name, and takes it from the picker", async () => {
    await opened.page.evaluate(() => globalThis.modelTablePage.open(null));
    await drop(beside);
    const zone = widget().locator(".ls-drop-zone");
    await expect.poll(() => zone.textContent(), { timeout: 60_000 }).toContain("missing: small.weights");
    await button("Choose files").focus();
    await widget()
      .locator("input[type=file]")
      .setInputFiles({ name: "small.weights", mimeType: "", buffer: Buffer.from(weights["small.weights"], "base64") });
    await expect.poll(async () => (await names()).length, { timeout: 60_000 }).toBeGreaterThan(3);
    expect(await zone.isVisible()).toBe(false);
    expect(await opened.page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Layers");
  });

  it("is completed by weights that were dropped before it", async () => {
    await opened.page.evaluate(() => globalThis.modelTablePage.open(null));
    await drop(weights);
    await expectStatus(
      widget(),
      /^small\.weights holds weights alone\. Give it together with its \.onnx file\./,
      60_000,
    );
    await drop(beside);
    await expect.poll(async () => (await names()).length, { timeout: 60_000 }).toBeGreaterThan(3);
    expect(await subtitle()).toMatch(/^net\.onnx, /);
  });

  it("is refused before a byte of it is read where no page can hold it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "layerscope-vast-"));
    const file = join(folder, "vast.onnx");
    await writeFile(file, "");
    await truncate(file, 5e9);
    await opened.page.evaluate(() => globalThis.modelTablePage.open(null));
    await widget().locator("input[type=file]").setInputFiles(file);
    await expectStatus(widget(), /^vast\.onnx has 5\.0 GB; an engine in a page holds 3\.5 GB at most\./);
    await rm(folder, { recursive: true });
  });

  it("leaves the one before on show until it is read, and for good where it can't be", async () => {
    await opened.page.evaluate((files) => globalThis.modelTablePage.open(files), keras);
    await expect.poll(subtitle, { timeout: 60_000 }).toMatch(/^small\.keras, Keras /);
    await drop({ "notes.h5": btoa("no model") });
    await expectStatus(widget(), /notes\.h5 /);
    expect(await lines().first().isVisible()).toBe(true);
    const { text } = await opened.page.evaluate(() => globalThis.modelTablePage.ask("summary"));
    expect(text).toContain('Model: "small.keras"');
    expect(await subtitle()).toMatch(/^small\.keras/);
    await opened.page.evaluate(() => globalThis.modelTablePage.reopen());
    expect(await subtitle()).toMatch(/^small\.keras/);
    await expectStatus(widget(), /^Saved table\. Run the cell to compute again\.$/);
    await opened.page.evaluate(() => globalThis.modelTablePage.reopen({ isPassed: true }));
    await expectStatus(widget(), /^Saved table\. Run the cell to compute again\./);
    expect(await widget().textContent()).not.toContain("Python has stopped");
  });
});

describe("an element of the table", () => {
  it("has the dropped model as its value, one that was completed too, and an exported page of it needs no engine", async () => {
    await opened.page.evaluate(() => globalThis.modelTablePage.makeElement());
    const told = () => opened.page.evaluate(() => globalThis.modelTablePage.told);
    await drop(beside);
    await expect.poll(() => widget().textContent(), { timeout: 60_000 }).toContain("missing: small.weights");
    await drop(weights);
    await expect.poll(told, { timeout: 60_000 }).toEqual(["net.onnx"]);
    await drop(assuming);
    await expect.poll(told, { timeout: 60_000 }).toEqual(["net.onnx", "functional.h5"]);
    const value = await opened.page.evaluate(() => globalThis.modelTablePage.valueOfElement());
    expect(value).toEqual({ layers: 22, assumed: "values from 0 to 1" });
    const html = await opened.page.evaluate(() => globalThis.modelTablePage.pageOfElement());
    expect(html).toContain('"_widget":"model"');
    expect(html).not.toContain('"files"');
  });
});

describe("the classes of a model", () => {
  it("are named with the layer that answers for it; where there are more or fewer, that is told", async () => {
    const open = (classes: readonly string[]) =>
      opened.page.evaluate(([files, given]) => globalThis.modelTablePage.open(files, { classes: given }), [
        keras,
        classes,
      ] as const);
    await open(["benign", "adeno", "squamous", "none"]);
    await expect.poll(async () => (await names()).length, { timeout: 60_000 }).toBeGreaterThan(3);
    const told = widget().locator(".ls-layer-words");
    await widget().locator(".ls-layer-scroller").focus();
    await opened.page.keyboard.press("End");
    expect(await told.textContent()).toMatch(/, classes benign, adeno, squamous, none$/);
    await opened.page.keyboard.press("ArrowUp");
    expect(await told.textContent()).not.toContain("benign");
    await open(["benign", "adeno"]);
    await expectStatus(widget(), /2 names in classes for 4 answers of the model: they are not shown\.$/, 60_000);
  });
});

describe("a model that is passed and is none", () => {
  it("has a card with the cause and the remedy", async () => {
    await opened.page.evaluate(() => globalThis.modelTablePage.open({ "broken.onnx": btoa("no model at all") }));
    const card = widget().locator(".ls-card-alarm");
    await expect.poll(() => card.count(), { timeout: 60_000 }).toBe(1);
    expect(await card.textContent()).toContain("broken.onnx");
    expect(await card.locator(".ls-remedy").count()).toBe(1);
  });
});

const assuming = { "functional.h5": base64("functional.h5.gz") };

describe("how pictures are prepared", () => {
  it("is said to be assumed, can be changed, and is told to Python; what makes no sense changes nothing", async () => {
    await opened.page.evaluate((files) => globalThis.modelTablePage.open(files), assuming);
    await expectStatus(widget(), /^Assumed: values from 0 to 1/, 60_000);
    await button("Settings").click();
    const scale = widget().getByLabel("scale", { exact: true });
    expect(await scale.inputValue()).toBe("1/255");
    await scale.fill("1/127.5");
    await scale.press("Enter");
    await widget().getByLabel("mean", { exact: true }).fill("nonsense");
    await widget().getByLabel("mean", { exact: true }).press("Enter");
    expect(await widget().getByLabel("mean", { exact: true }).inputValue()).toBe("0");
    expect(await widget().locator(".ls-field-note").allTextContents()).toContain(
      "“nonsense” can't be read as mean: 0 stays.",
    );
    const note = widget().locator(".ls-model-assumed");
    expect(await note.textContent()).toMatch(/^Nothing is assumed any more/);
    const size = widget().getByLabel("size", { exact: true });
    const own = await size.inputValue();
    await size.fill("9 × 9");
    await size.press("Enter");
    await expectStatus(widget(), /^functional\.h5 takes pictures of \d+ × \d+, not 9 × 9\./);
    expect(await size.inputValue()).toBe(own);
    await widget().getByLabel("resize", { exact: true }).selectOption("bilinear");
    expect(await opened.page.evaluate(() => globalThis.modelTablePage.told.at(-1))).toEqual({
      name: "functional.h5",
      key: expect.stringMatching(/./),
      isDropped: false,
      preprocessing: { scale: 1 / 127.5, resize: "bilinear" },
    });
    const { preprocessing } = await opened.page.evaluate(() => globalThis.modelTablePage.ask("facts"));
    expect(preprocessing).toMatchObject({ scale: 1 / 127.5, resize: "bilinear", mean: [0] });
    await button("Restore defaults").click();
    expect(await scale.inputValue()).toBe("1/255");
    await drop({ "tinynet.onnx": base64("tinynet.onnx") });
    await expect.poll(() => note.textContent(), { timeout: 60_000 }).toMatch(/^Assumed: ImageNet's mean and deviation/);
    expect(await button("Restore defaults").isVisible()).toBe(false);
  });

  it("to a size that the model can't take is refused as it is opened, in the words of the settings", async () => {
    await opened.page.evaluate(
      (files) => globalThis.modelTablePage.open(files, { preprocessing: { size: 9 } }),
      assuming,
    );
    const card = widget().locator(".ls-card-alarm");
    await expect.poll(() => card.count(), { timeout: 60_000 }).toBe(1);
    expect(await card.textContent()).toMatch(
      /functional\.h5 takes pictures of (\d+ × \d+), not 9 × 9\.Leave size at \1\./,
    );
  });
});

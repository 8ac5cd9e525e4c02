import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { type BrowserPage, bundle, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { engineFiles, serveEngine } from "../../support/engine-files.ts";
import { engineGoldens, floatsOf, referenceFile } from "../../support/engine-goldens.ts";
import type { Probed } from "./probe-page.ts";

const pageOf = (name: string) => fileURLToPath(new URL(`${name}.ts`, import.meta.url));
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const tinynet = Buffer.from(referenceFile("tinynet.onnx")).toString("base64");
const ask = { processor: "cpu", shape: null } as const;

describe.each(["engine-jspi", "engine"] as const)("models in a page's worker, by the build %s", (build) => {
  let opened: BrowserPage;
  beforeAll(async () => {
    opened = await openBrowserPage(browser, pageOf("model-page"));
    await serveEngine(opened.page, build);
  });
  afterAll(() => opened.close());

  it("are lost before the engine is there, and when they are forgotten", async () => {
    const { page } = opened;
    const asked = { key: "tinynet", files: { "tinynet.onnx": tinynet }, ...ask };
    expect(await page.evaluate((all) => window.modelPage.loadModel(all), asked)).toMatch(
      /^lost: The engine for models/,
    );
    await page.evaluate(() => window.modelPage.startEngine());
    expect(await page.evaluate((all) => window.modelPage.loadModel(all), asked)).toMatchObject({
      name: "tinynet.onnx",
      format: "onnx",
      inputs: [{ name: "input", dims: [3, 64, 64], batch: null }],
      outputs: ["logits"],
      processor: "CPU",
      reason: "CPU: asked for.",
    });
    const layers = await page.evaluate(() => window.modelPage.modelLayers("tinynet"));
    expect(Array.isArray(layers) && layers.at(-2)?.outputs[0]?.shape).toEqual([null, 24]);
    await page.evaluate(() => window.modelPage.forgetModel("tinynet"));
    expect(await page.evaluate(() => window.modelPage.modelLayers("tinynet"))).toMatch(/^lost: /);
  });

  it("run on the CPU where WebGPU is emulated in software, and say so", async () => {
    const asked = { key: "auto", files: { "tinynet.onnx": tinynet }, shape: null, processor: "auto" } as const;
    const facts = await opened.page.evaluate((all) => window.modelPage.loadModel(all), asked);
    expect(facts).toMatchObject({ processor: "CPU", reason: "CPU: this browser's WebGPU is emulated in software." });
  });

  it.each(["lenet", "separable", "attention"] as const)(
    "give the same numbers on WebGPU and WebAssembly, which are ONNX Runtime's: %s",
    async (name) => {
      const { file, dims, answers } = engineGoldens[name];
      const hidden = Object.keys(answers);
      const pictures = [...sampleNumbers(2 * dims.reduce((product, size) => product * size, 1))];
      const on = async (processor: "cpu" | "webgpu") => {
        const key = `${name} ${processor}`;
        const asked = { key, files: { [`${name}.onnx`]: file }, shape: null, processor };
        const facts = await opened.page.evaluate((all) => window.modelPage.loadModel(all), asked);
        if (typeof facts === "string") throw new Error(facts);
        expect(facts).toMatchObject({ processor: processor === "cpu" ? "CPU" : "WebGPU" });
        const found = await opened.page.evaluate((all) => window.modelPage.features(all), {
          key,
          pictures,
          options: { layers: hidden },
        });
        const pooled = await opened.page.evaluate((all) => window.modelPage.features(all), {
          key,
          options: { layers: hidden, pooling: "avg" as const },
        });
        expect([found.error, pooled.error]).toEqual(["", ""]);
        expect([found, pooled]).toMatchObject([{ processor: facts.processor }, { processor: facts.processor }]);
        await opened.page.evaluate((each) => window.modelPage.forgetModel(each), key);
        return { all: Float32Array.from(found.features), pooled: Float32Array.from(pooled.features) };
      };
      const [cpu, gpu] = [await on("cpu"), await on("webgpu")];
      const rows = hidden.map((each) => floatsOf(answers[each]?.data ?? ""));
      const right = [0, 1].flatMap((row) =>
        rows.flatMap((all) => [...all.subarray((row * all.length) / 2, ((row + 1) * all.length) / 2)]),
      );
      expect(relativeDifference(cpu.all, Float32Array.from(right))).toBeLessThan(1e-5);
      expect(relativeDifference(gpu.all, cpu.all)).toBeLessThan(1e-4);
      expect(relativeDifference(gpu.pooled, cpu.pooled)).toBeLessThan(1e-5);
    },
  );

  it("ask for nothing on the network", () => {
    expect(opened.requests).toEqual([]);
    expect(opened.errors).toEqual([]);
  });
});

it("the probe finds WebGPU's wrong numbers in the layout that the engine takes of its own accord", async () => {
  const { page, close } = await openBrowserPage(browser, pageOf("model-page"));
  await serveEngine(page);
  const probed = await page.evaluate(
    async (script) => {
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
      const [glue, wasm] = await Promise.all(
        ["js", "wasm"].map(async (ending) => (await fetch(`http://localhost/engine.${ending}`)).arrayBuffer()),
      );
      const answer = new Promise<Probed>((resolve) => worker.addEventListener("message", ({ data }) => resolve(data)));
      worker.postMessage({ glue: new Uint8Array(glue ?? new ArrayBuffer()), wasm });
      return answer;
    },
    await bundle(pageOf("probe-page")),
  );
  expect(probed.reason).toMatch(/^CPU: WebGPU was asked for, but it gave wrong numbers for a probe/);
  expect(probed.processor).toBe("CPU");
  expect(probed.difference).toBeGreaterThan(0.1);
  await close();
});

it("the engine starts on a page from disk, under the policy of exported pages", async () => {
  const folder = await mkdtemp(join(tmpdir(), "layerscope-"));
  const { glue, wasm } = await engineFiles("engine");
  const policy = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:";
  const script = (await bundle(pageOf("model-page"))).replaceAll("</script", "<\\/script");
  const file = join(folder, "page.html");
  await writeFile(
    file,
    `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><body><script>
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
const files = { js: bytes("${glue.toString("base64")}"), wasm: bytes("${wasm.toString("base64")}") };
globalThis.fetch = async (address) => ({ arrayBuffer: async () => files[address.split(".").at(-1)] });
</script><script>${script}</script></body>`,
  );
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  try {
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(() => window.modelPage.startEngine());
    const asked = { key: "tinynet", files: { "tinynet.onnx": tinynet }, ...ask };
    expect(await page.evaluate((all) => window.modelPage.loadModel(all), asked)).toMatchObject({ processor: "CPU" });
    const pictures = [...sampleNumbers(4 * 3 * 64 * 64)];
    const run = (workers: number) =>
      page.evaluate((all) => window.modelPage.features(all), {
        key: "tinynet",
        pictures,
        options: { workers, batchSize: 1 },
      });
    const [alone, shared] = [await run(1), await run(2)];
    expect([alone.error, shared.error, shared.workers]).toEqual(["", "", 2]);
    expect(shared.features).toEqual(alone.features);
    expect(alone.columns).toBe(24);
    expect(errors).toEqual([]);
  } finally {
    await page.close();
    await rm(folder, { recursive: true });
  }
});

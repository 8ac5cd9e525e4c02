import { resolve } from "node:path";
import { expect, it } from "vitest";
import { openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { withDataBeside } from "../../support/data-beside.ts";
import { serveEnginePart } from "../../support/engine-files.ts";
import type { ModelsPage } from "./models-page.ts";

declare const modelsPage: ModelsPage;

it.each([
  {
    where: "a browser that finds no graphics",
    hasWebGpu: false,
    address: "http://localhost/",
    why: "no graphics adapter was found",
  },
  {
    where: "a page that has no WebGPU at all",
    hasWebGpu: true,
    address: "http://insecure.test/",
    why: "WebGPU needs https or localhost",
  },
])(
  "$where: a model has its table, says why it runs on WebAssembly, and its activations are mapped",
  async ({ address, hasWebGpu, why }) => {
    const browser = await launchChromium({ hasWebGpu });
    try {
      const { page, errors } = await openBrowserPage(browser, resolve(import.meta.dirname, "models-page.ts"), {
        address,
      });
      await serveEnginePart(page);
      const beside = Object.entries(withDataBeside("tinynet.onnx"));
      const files = Object.fromEntries(beside.map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]));
      const found = await page.evaluate(async (given) => {
        const { Features, modelTable, umapScatter } = modelsPage.layerscope;
        const model = await modelsPage.load(given, { standardize: "torch" });
        const table = modelTable({ model });
        const points = new Features(model, { layers: "relu3", pooling: "avg" }).activations(modelsPage.pictures(40));
        const map = umapScatter({ points, labels: Array.from({ length: 40 }, (_, row) => row % 2) });
        document.getElementById("root")?.append(table, map);
        await Promise.all([table.ready, map.ready]);
        return { isKnown: "gpu" in navigator, processor: (await points).processor, positions: map.embedding?.length };
      }, files);
      expect(found).toEqual({ isKnown: !hasWebGpu, processor: "WebAssembly", positions: 80 });
      const [table, map] = [page.locator(".layerscope").nth(0), page.locator(".layerscope").nth(1)];
      await table.getByText("/relu3/Relu").first().waitFor();
      expect(await table.locator(".ls-backend").textContent()).toBe(`WebAssemblyWebAssembly: ${why}.`);
      expect(await map.locator(".ls-backend-name").textContent()).toBe("CPU");
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);

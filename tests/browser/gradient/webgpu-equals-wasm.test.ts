// Every gradient that the rules make, and of whole networks: WebGPU, which software emulates, gives what WebAssembly gives.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BrowserPage, bundle, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { GRADIENT_CASES } from "../../support/gradient-cases/index.ts";
import type { Equality, EqualityTask } from "./equality-worker.ts";

/** Relative L2; single precision summed in another order. */
const MOST_DIFFERENCE = 1e-4;

const pageOf = (name: string) => fileURLToPath(new URL(`${name}.ts`, import.meta.url));
let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, pageOf("equality-page"));
  await serveEngine(opened.page);
});
afterAll(() => browser.close());

async function compare(task: EqualityTask, file = ""): Promise<readonly Equality[]> {
  const script = await bundle(pageOf("equality-worker"));
  return opened.page.evaluate(([code, asked, bytes]) => window.compareGradients(code, asked, bytes), [
    script,
    task,
    file,
  ] as const);
}

it("the probe's gradient is right, so that models' are taken there", async () => {
  expect(await compare({ kind: "probe" })).toEqual([{ name: "probe", difference: 0, processor: "WebGPU", error: "" }]);
});

it.each(Object.keys(GRADIENT_CASES))("every case of %s", async (family) => {
  const found = await compare({ kind: "cases", family });
  expect(found.filter(({ difference }) => !(difference <= MOST_DIFFERENCE))).toEqual([]);
  expect(found.length).toBeGreaterThanOrEqual(
    GRADIENT_CASES[family]?.filter(({ cpuAlone }) => !cpuAlone).length ?? Number.NaN,
  );
});

/** A file in base64, or a network of those that tests/reference/models/make-small-gradients.py wrote. */
function networkFile(path: string): string {
  const small = "tests/reference/models/small-gradients.json.gz";
  if (path.endsWith(".onnx")) return readFileSync(path).toString("base64");
  const { networks }: { networks: readonly { name: string; file: string }[] } = JSON.parse(
    gunzipSync(readFileSync(small)).toString(),
  );
  return networks.find(({ name }) => name === path)?.file ?? "";
}

it.each([
  ["ViT, torch.export, opset 18", { target: { class: 2 }, batch: 2 }],
  ["notebooks/data/picture-network/network.onnx", { target: { class: 1, minus: 0 } }],
  ["tests/reference/models/tinynet.onnx", { target: { class: 1 } }],
] as const)("the gradient of %s", async (path, asked) => {
  const file = { name: `${path.split("/").pop()}`, bytes: new Uint8Array() };
  const [found] = await compare({ kind: "network", file, asked }, networkFile(path));
  expect(found).toMatchObject({ error: "", processor: "WebGPU" });
  // Where two numbers of a window are all but equal, the gradient may take either way.
  expect(found?.difference).toBeLessThan(0.01);
});

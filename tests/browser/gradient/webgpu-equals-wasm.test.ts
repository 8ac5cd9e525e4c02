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

it.each([
  ["notebooks/labs/lab-network/lab-network.h5", { target: { class: 2 } }],
  ["notebooks/data/picture-network/network.onnx", { target: { class: 1, minus: 0 } }],
  ["tests/reference/models/tinynet.onnx", { target: { class: 1 } }],
] as const)("the gradient of %s", async (path, asked) => {
  const read = readFileSync(path);
  const name = path.split("/").pop()?.replace(/\.gz$/, "") ?? "";
  const file = { name, bytes: new Uint8Array() };
  const bytes = (path.endsWith(".gz") ? gunzipSync(read) : read).toString("base64");
  const [found] = await compare({ kind: "network", file, asked }, bytes);
  expect(found).toMatchObject({ error: "", processor: "WebGPU" });
  // Where two numbers of a window are all but equal, the gradient may take either way.
  expect(found?.difference).toBeLessThan(0.01);
});

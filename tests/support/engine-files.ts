import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { bundleEngine, engineWasmFile } from "../../scripts/engine.mjs";

const ADDRESS = "http://localhost/engine";

let glue: Promise<Buffer> | undefined;

/** The engine's two files, as the build writes them. */
export async function engineFiles(): Promise<{ readonly glue: Buffer; readonly wasm: Buffer }> {
  glue ??= bundleEngine();
  return { glue: await glue, wasm: await readFile(engineWasmFile) };
}

/** Serve the engine as the npm package has it beside its module, and count how often it is fetched. */
export async function serveEnginePart(page: Page): Promise<{ readonly count: number }> {
  const { glue, wasm } = await engineFiles();
  const packed = {
    engine: gzipSync(glue).toString("base64"),
    "engine-wasm": gzipSync(wasm, { level: 1 }).toString("base64"),
  };
  const fetched = { count: 0 };
  await page.route("**/parts/engine-files.js", (route) => {
    fetched.count++;
    return route.fulfill({ contentType: "text/javascript", body: `export default ${JSON.stringify(packed)};` });
  });
  return fetched;
}

/** Let a page fetch the engine's files (`fetchEngine`): what a host brings from the wheel or the npm package. */
export async function serveEngine(page: Page): Promise<void> {
  const { glue, wasm } = await engineFiles();
  await page.route(`${ADDRESS}.js`, (route) => route.fulfill({ contentType: "text/javascript", body: glue }));
  await page.route(`${ADDRESS}.wasm`, (route) => route.fulfill({ contentType: "application/wasm", body: wasm }));
}

import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { bundleEngine, engineWasmFile } from "../../scripts/engine.mjs";

const ADDRESS = "http://localhost/engine";

let glue: Promise<Buffer> | undefined;

/** The engine's two files, as the build writes them. */
export async function engineFiles(): Promise<{ readonly glue: Buffer; readonly wasm: Buffer }> {
  glue ??= bundleEngine();
  return { glue: await glue, wasm: await readFile(engineWasmFile) };
}

/** Let a page fetch the engine's files (`fetchEngine`): what a host brings from the wheel or the npm package. */
export async function serveEngine(page: Page): Promise<void> {
  const { glue, wasm } = await engineFiles();
  await page.route(`${ADDRESS}.js`, (route) => route.fulfill({ contentType: "text/javascript", body: glue }));
  await page.route(`${ADDRESS}.wasm`, (route) => route.fulfill({ contentType: "application/wasm", body: wasm }));
}

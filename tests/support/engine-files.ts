import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { bundleEngine } from "../../scripts/engine.mjs";
import type { EngineBuild } from "../../src/compute/model/engine/engine-build.ts";

const ADDRESS = "http://localhost/engine";

/** The build that the product takes in Chromium. */
const IN_CHROMIUM: EngineBuild = "engine-jspi";

interface PackedFiles {
  readonly glue: Buffer;
  readonly wasm: Buffer;
}

const bundled = new Map<EngineBuild, Promise<PackedFiles>>();

/** The engine's two files, as the build writes them. */
export function engineFiles(build = IN_CHROMIUM): Promise<PackedFiles> {
  const files = bundled.get(build) ?? bundleEngine(build);
  bundled.set(build, files);
  return files;
}

/** Serve the engine as the npm package has it beside its module, and count how often it is fetched. */
export async function serveEnginePart(page: Page): Promise<{ readonly count: number }> {
  const { glue, wasm } = await engineFiles();
  const packed = {
    engine: gzipSync(glue).toString("base64"),
    "engine-wasm": gzipSync(wasm, { level: 1 }).toString("base64"),
  };
  const fetched = { count: 0 };
  await page.route(`**/parts/${IN_CHROMIUM}-files.js`, (route) => {
    fetched.count++;
    return route.fulfill({ contentType: "text/javascript", body: `export default ${JSON.stringify(packed)};` });
  });
  return fetched;
}

/** Let a page fetch the engine's files (`fetchEngine`): what a host brings from the wheel or the npm package. */
export async function serveEngine(page: Page, build = IN_CHROMIUM): Promise<void> {
  const { glue, wasm } = await engineFiles(build);
  await page.route(`${ADDRESS}.js`, (route) => route.fulfill({ contentType: "text/javascript", body: glue }));
  await page.route(`${ADDRESS}.wasm`, (route) => route.fulfill({ contentType: "application/wasm", body: wasm }));
}

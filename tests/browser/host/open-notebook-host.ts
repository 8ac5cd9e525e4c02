import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { esbuildPlugin } from "../../../scripts/bundle-plugins.mjs";
import { packModules } from "../../../scripts/pack-modules.mjs";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";

const root = resolve(import.meta.dirname, "../../..");
export const python = resolve(root, ".venv/bin/python");

const shared = { target: "es2022", define: { "define.amd": "false" }, plugins: [esbuildPlugin()] };

/** A module of the product or of the tests, bundled as the build does it. */
export async function bundleModule(path: string): Promise<Buffer> {
  const entryPoints = [resolve(root, path)];
  const result = await build({ ...shared, entryPoints, bundle: true, write: false, format: "esm" });
  return Buffer.from(result.outputFiles[0]?.contents ?? new Uint8Array());
}

/** The core with the tests' own widget in it, packed as it lies in the wheel. */
export async function packedCore(): Promise<Buffer> {
  const { pack } = await packModules(resolve(root, "tests/browser/host/counting-core.ts"), shared);
  return gzipSync(pack);
}

/** anywidget's own front end, from the installed wheel. */
async function anywidgetFrontEnd(): Promise<string> {
  const where = execFileSync(python, ["-c", "import anywidget; print(anywidget.__file__)"], { encoding: "utf8" });
  return readFile(resolve(where.trim(), "../nbextension/index.js"), "utf8");
}

/** Bundled once for all tests of a file. */
let built: Promise<[string, Buffer, Buffer]> | undefined;

/** A page that hosts widgets as Jupyter does; `loader` is the `_esm` of every widget, `core` the shared code. */
export async function openNotebookHost(
  browser: Browser,
): Promise<BrowserPage & { readonly loader: string; readonly core: readonly number[] }> {
  built ??= Promise.all([anywidgetFrontEnd(), bundleModule("src/entries/loader.ts"), packedCore()]);
  const [front, loader, core] = await built;
  const opened = await openBrowserPage(browser, resolve(import.meta.dirname, "notebook-host.ts"));
  await opened.page.evaluate((source) => host.start(source), front);
  return { ...opened, loader: loader.toString(), core: [...core] };
}

import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { openBrowserPage } from "../../support/browser-page.ts";
import { serveFiles } from "../measure/serve-files.ts";

const ENTRY = resolve("tests/bench/mosaic-page/mosaic-page.ts");

/** A page that holds the tiles of a folder, as arrays or as JPEG files. */
export async function openMosaicPage(browser: Browser, folder: string, kind: "array" | "jpeg") {
  const opened = await openBrowserPage(browser, ENTRY);
  const files = await serveFiles(opened.page, folder, ["places", "tiles", "jpegs", "ends"]);
  await opened.page.evaluate((task) => mosaicBench.load(task), { files, kind });
  return opened;
}

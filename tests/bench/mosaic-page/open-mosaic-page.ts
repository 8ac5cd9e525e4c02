import { open, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { openBrowserPage } from "../../support/browser-page.ts";

const ENTRY = resolve("tests/bench/mosaic-page/mosaic-page.ts");
const ADDRESS = "http://localhost/bench/";
/** A browser that is handed more than a hundred megabytes at once ends. */
const PIECE_BYTES = 16 * 2 ** 20;
const FILES = ["places", "tiles", "jpegs", "ends"] as const;

/** A page that holds the tiles of a folder, as arrays or as JPEG files. */
export async function openMosaicPage(browser: Browser, folder: string, kind: "array" | "jpeg") {
  const opened = await openBrowserPage(browser, ENTRY);
  const { page } = opened;
  await page.route(`${ADDRESS}*`, async (route) => {
    const url = new URL(route.request().url());
    const file = await open(join(folder, `${url.pathname.split("/").at(-1)}.bin`));
    try {
      const piece = Buffer.alloc(PIECE_BYTES);
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, Number(url.searchParams.get("from")));
      await route.fulfill({ contentType: "application/octet-stream", body: piece.subarray(0, bytesRead) });
    } finally {
      await file.close();
    }
  });
  const bytes = await Promise.all(FILES.map(async (file) => (await stat(join(folder, `${file}.bin`))).size));
  const [places = 0, tiles = 0, jpegs = 0, ends = 0] = bytes;
  await page.evaluate((task) => mosaicBench.load(task), {
    address: ADDRESS,
    piece: PIECE_BYTES,
    sizes: { places, tiles, jpegs, ends },
    kind,
  });
  return opened;
}

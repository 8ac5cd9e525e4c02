import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { ServedFile } from "../data/fetch-served.ts";

const ADDRESS = "http://localhost/bench/";
/** A browser that is handed more than a hundred megabytes at once ends. */
const PIECE_BYTES = 16 * 2 ** 20;

/** Let a page fetch files of a folder, by their names without the ending, piece by piece (`fetchServed`). */
export async function serveFiles<Name extends string>(
  page: Page,
  folder: string,
  names: readonly Name[],
  ending = ".bin",
): Promise<Record<Name, ServedFile>> {
  await page.route(`${ADDRESS}*`, async (route) => {
    const url = new URL(route.request().url());
    const file = await open(join(folder, `${url.pathname.split("/").at(-1)}${ending}`));
    try {
      const piece = Buffer.alloc(PIECE_BYTES);
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, Number(url.searchParams.get("from")));
      await route.fulfill({ contentType: "application/octet-stream", body: piece.subarray(0, bytesRead) });
    } finally {
      await file.close();
    }
  });
  const served = names.map(async (name) => {
    const { size } = await stat(join(folder, `${name}${ending}`));
    return [name, { address: `${ADDRESS}${name}`, bytes: size, piece: PIECE_BYTES }] as const;
  });
  return Object.fromEntries(await Promise.all(served)) as Record<Name, ServedFile>;
}

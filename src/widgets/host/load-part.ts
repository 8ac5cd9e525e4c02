import { embeddedPage } from "./embedded-page.ts";
import { gunzip } from "./gunzip.ts";
import { importText } from "./import-text.ts";
import type { KernelLine } from "./kernel-line.ts";
import { pageGlobal } from "./page-global.ts";

export type PartName = "plotly" | "pdf";

/** A part of the product as a module, brought to the page once: from the page itself, else from Python. */
export function loadPart(name: PartName, version: string, line: KernelLine): Promise<unknown> {
  const parts = pageGlobal("parts", () => new Map<string, Promise<unknown>>());
  const key = `${name}@${version}`;
  const known = parts.get(key);
  if (known) return known;
  const coming = fetchPart(name, line).then(importText);
  parts.set(key, coming);
  coming.catch(() => parts.delete(key));
  return coming;
}

async function fetchPart(name: PartName, line: KernelLine): Promise<Uint8Array<ArrayBuffer>> {
  const page = embeddedPage();
  if (page?.has(`part-${name}`)) return await page.read(`part-${name}`);
  const { buffers } = await line.ask("part?", { name });
  return await gunzip(buffers[0] ?? new Uint8Array());
}

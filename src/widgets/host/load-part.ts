import { embeddedPage } from "./embedded-page.ts";
import { gunzip } from "./gunzip.ts";
import { importText } from "./import-text.ts";
import type { KernelLine } from "./kernel-line.ts";
import { pageGlobal } from "./page-global.ts";

export type PartName = "plotly" | "pdf";

/** A part of the product as a module, brought to the page once: from the page itself, else from Python. */
export function loadPart(name: PartName, version: string, line: KernelLine): Promise<unknown> {
  return once("parts", name, version, () => bringPart(name, version, line).then(importText));
}

/** Bring a part to the page without making a module of it: it is there when whoever has it may be gone. */
export function bringPart(name: PartName, version: string, line: KernelLine): Promise<Uint8Array<ArrayBuffer>> {
  return once("part-texts", name, version, () => fetchPart(name, line));
}

function once<Brought>(kind: string, name: PartName, version: string, bring: () => Promise<Brought>): Promise<Brought> {
  const kept = pageGlobal(kind, () => new Map<string, Promise<Brought>>());
  const key = `${name}@${version}`;
  const known = kept.get(key);
  if (known) return known;
  const coming = bring();
  kept.set(key, coming);
  coming.catch(() => kept.delete(key));
  return coming;
}

async function fetchPart(name: PartName, line: KernelLine): Promise<Uint8Array<ArrayBuffer>> {
  const page = embeddedPage();
  if (page?.has(`part-${name}`)) return await page.read(`part-${name}`);
  const { buffers } = await line.ask("part?", { name });
  return await gunzip(buffers[0] ?? new Uint8Array());
}

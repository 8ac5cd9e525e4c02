import { ComputeError } from "../../compute/errors.ts";
import { engineBuild } from "../../compute/model/engine/engine-build.ts";
import type { EngineFiles } from "../../compute/model/engine/engine-files.ts";
import { embeddedPage } from "./embedded-page.ts";
import { gunzip } from "./gunzip.ts";
import { importText } from "./import-text.ts";
import type { KernelLine } from "./kernel-line.ts";
import { pageGlobal } from "./page-global.ts";

export type PartName = "plotly" | "pdf";

/** What a part of the product lies in, by the name under which it is asked for and embedded. */
type FileName = PartName | "engine" | "engine-wasm" | "engine-jspi" | "engine-jspi-wasm";

/** A part of the product as a module, brought to the page once: from the page itself, else from Python. */
export async function loadPart(name: PartName, version: string, line: KernelLine): Promise<unknown> {
  const key = `${name}@${version}`;
  const made = await once(keptParts(), key, () => textOf(name, key, line).then(importText));
  keptTexts().delete(key);
  return made;
}

/**
 * The engine for models, brought to the page once: kept, so that it can be started anew when Python has gone.
 *
 * @throws {ComputeError} "input" in an exported page that was written without it.
 */
export async function loadEngine(version: string, line: KernelLine): Promise<EngineFiles> {
  const engine = await once(keptParts(), `engine@${version}`, async (): Promise<EngineFiles> => {
    if (embeddedPage()?.has(partId("engine")) === false)
      throw new ComputeError(
        "input",
        "This page was written without the engine that reads models.",
        "Drop the file in the notebook that the page comes from, or write the page with to_html(path, points=True).",
      );
    // An exported page carries the build that runs wherever it is opened.
    const build = embeddedPage() ? "engine" : engineBuild();
    const [glue, wasm] = await Promise.all([fetchPart(build, line), fetchPart(`${build}-wasm`, line)]);
    return { glue, wasm: wasm.slice().buffer };
  });
  return engine as EngineFiles;
}

/** Have a part on the page without making a module of it: it is there when whoever has it may be gone. */
export async function bringPart(name: PartName, version: string, line: KernelLine): Promise<void> {
  const key = `${name}@${version}`;
  const isHere = embeddedPage()?.has(partId(name)) || keptParts().has(key);
  if (!isHere) await textOf(name, key, line);
}

function keptParts(): Map<string, Promise<unknown>> {
  return pageGlobal("parts", () => new Map());
}

/** Texts that no module has been made of yet. */
function keptTexts(): Map<string, Promise<Uint8Array<ArrayBuffer>>> {
  return pageGlobal("part-texts", () => new Map());
}

function textOf(name: PartName, key: string, line: KernelLine): Promise<Uint8Array<ArrayBuffer>> {
  return once(keptTexts(), key, () => fetchPart(name, line));
}

function once<Brought>(
  kept: Map<string, Promise<Brought>>,
  key: string,
  bring: () => Promise<Brought>,
): Promise<Brought> {
  const known = kept.get(key);
  if (known) return known;
  const coming = bring();
  kept.set(key, coming);
  coming.catch(() => kept.delete(key));
  return coming;
}

async function fetchPart(name: FileName, line: KernelLine): Promise<Uint8Array<ArrayBuffer>> {
  const page = embeddedPage();
  if (page?.has(partId(name))) return await page.read(partId(name));
  const { buffers } = await line.ask("part?", { name });
  return await gunzip(buffers[0] ?? new Uint8Array());
}

function partId(name: FileName): string {
  return `part-${name}`;
}

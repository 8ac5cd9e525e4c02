import { type EngineBuild, engineBuild } from "../compute/model/engine/engine-build.ts";
import type { EngineFiles } from "../compute/model/engine/engine-files.ts";
import { bytesOf } from "../widgets/host/bytes-of.ts";
import type { HostServices } from "../widgets/host/contract.ts";
import { gunzip } from "../widgets/host/gunzip.ts";
import type { PageParts } from "../widgets/host/write-page.ts";

/** The engine's two files as gzip in base64: a module, so that bundlers carry them without a loader of their own. */
interface PackedEngine {
  readonly engine: string;
  readonly "engine-wasm": string;
}

/** The parts of the npm package: files beside the built module, so that a page pays for them only when it uses them. */
export const loadNpmPart: HostServices["load"] = async (part) => {
  if (part === "plotly") return import("./parts/plotly.js" as string);
  if (part === "pdf") return import("./parts/pdf.js" as string);
  const packed = await loadPackedEngine(engineBuild());
  const [glue, wasm] = await Promise.all([gunzip(bytesOf(packed.engine)), gunzip(bytesOf(packed["engine-wasm"]))]);
  return { glue, wasm: wasm.slice().buffer } satisfies EngineFiles;
};

/** What `toHtml` builds a page around. */
export async function loadPageParts(): Promise<PageParts> {
  const part = (await import("./parts/page.js" as string)) as { readonly default: PageParts };
  return part.default;
}

/** The same for a page whose widgets run models, in any browser. */
export async function loadModelPageParts(): Promise<PageParts> {
  const [page, packed] = await Promise.all([loadPageParts(), loadPackedEngine("engine")]);
  const engine = { "part-engine": packed.engine, "part-engine-wasm": packed["engine-wasm"] };
  return { ...page, blocks: { ...page.blocks, ...engine } };
}

async function loadPackedEngine(build: EngineBuild): Promise<PackedEngine> {
  // Each by its whole name: a page's bundler looks for what is imported.
  const coming =
    build === "engine" ? import("./parts/engine-files.js" as string) : import("./parts/engine-jspi-files.js" as string);
  return ((await coming) as { readonly default: PackedEngine }).default;
}

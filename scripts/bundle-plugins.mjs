// The module specifiers of the build, for esbuild and for Vitest alike: `wasm:NAME`, `lucide:ICON`,
// `font:SUBSET-WEIGHT`, `worker:compute`, and CSS and WGSL files as text.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compileKernels, kernelFile } from "./kernels.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const TEXT = /\.(css|wgsl)$/;
const SPECIFIER = /^(wasm|lucide|font|worker):(.+)$/;

/** What went into the worker, for the notices of licences. */
export const workerMetafiles = [];

/** The classic worker as text: an IIFE, because module workers do not start on file:// pages. */
export async function bundleWorker({ minify = true } = {}) {
  const result = await build({
    entryPoints: [resolve(root, "src/compute/runtime/worker.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    minify,
    // UMD dependencies would otherwise see a notebook's AMD loader.
    define: { "import.meta.url": "self.location.href", "define.amd": "false" },
    plugins: [esbuildPlugin()],
    legalComments: "none",
    metafile: true,
  });
  workerMetafiles.push(result.metafile);
  return result.outputFiles[0].text;
}

async function contentsOf(kind, name) {
  if (kind === "wasm") {
    await compileKernels();
    return { contents: await readFile(kernelFile(name)), loader: "binary" };
  }
  if (kind === "font")
    return {
      contents: await readFile(require.resolve(`@fontsource/arimo/files/arimo-${name}-normal.woff`)),
      loader: "binary",
    };
  if (kind === "lucide")
    return { contents: await readFile(require.resolve(`lucide-static/icons/${name}.svg`)), loader: "text" };
  return { contents: await bundleWorker(), loader: "text" };
}

/** For esbuild. */
export function esbuildPlugin() {
  return {
    name: "layerscope",
    setup(builder) {
      builder.onResolve({ filter: SPECIFIER }, ({ path }) => ({ path, namespace: "layerscope" }));
      builder.onLoad({ filter: /.*/, namespace: "layerscope" }, ({ path }) => {
        const [, kind, name] = SPECIFIER.exec(path);
        return contentsOf(kind, name);
      });
      builder.onLoad({ filter: TEXT }, async ({ path }) => ({ contents: await readFile(path), loader: "text" }));
    },
  };
}

/** For Vitest (Vite). */
export function vitePlugin() {
  return {
    name: "layerscope",
    enforce: "pre",
    resolveId(id, importer) {
      if (SPECIFIER.test(id)) return `\0${id}`;
      if (TEXT.test(id) && importer && id.startsWith(".")) return `\0text:${resolve(dirname(importer), id)}`;
      return null;
    },
    async load(id) {
      if (id.startsWith("\0text:")) return `export default ${JSON.stringify(await readFile(id.slice(6), "utf8"))};`;
      const found = id.startsWith("\0") && SPECIFIER.exec(id.slice(1));
      if (!found) return null;
      const { contents, loader } = await contentsOf(found[1], found[2]);
      if (loader === "binary")
        return `export default Uint8Array.from(atob(${JSON.stringify(contents.toString("base64"))}), (c) => c.charCodeAt(0));`;
      return `export default ${JSON.stringify(contents.toString())};`;
    },
  };
}

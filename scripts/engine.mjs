// The engine that runs trained models, onnxruntime-web, in two builds, each the two files of a part: a classic script, for a
// classic worker to take in, and the WebAssembly of the same build. Both have WebGPU and the CPU.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");

/** Names of the module and of the WebAssembly, by the part (src/compute/model/engine/engine-build.ts tells when each is taken). */
const BUILDS = {
  engine: { module: "onnxruntime-web/webgpu", wasm: "ort-wasm-simd-threaded.asyncify.wasm" },
  "engine-jspi": { module: "onnxruntime-web/jspi", wasm: "ort-wasm-simd-threaded.jspi.wasm" },
};

/** What went into the scripts, for the notices of licences. */
export const engineMetafiles = [];

/** The two files of a build; its script leaves the engine in the global `layerscopeEngine` (src/compute/model/engine/evaluate-engine.ts). */
export async function bundleEngine(part) {
  const { module, wasm } = BUILDS[part];
  const result = await build({
    stdin: { contents: `export { env, InferenceSession, Tensor } from "${module}";`, resolveDir: root },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "layerscopeEngine",
    target: "es2022",
    minify: true,
    legalComments: "none",
    // It is given the WebAssembly, and looks for nothing beside itself.
    define: { "import.meta.url": "self.location.href", "define.amd": "false" },
    metafile: true,
  });
  engineMetafiles.push(result.metafile);
  return {
    glue: Buffer.from(result.outputFiles[0].contents),
    wasm: await readFile(resolve(root, "node_modules/onnxruntime-web/dist", wasm)),
  };
}

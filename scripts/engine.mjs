// The engine that runs trained models, onnxruntime-web, as the two files of its part: a classic script, for a classic
// worker to take in, and the WebAssembly of the same build.
import { resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");

/** WebGPU and WebAssembly in one, for browsers with and without JSPI. */
export const engineWasmFile = resolve(root, "node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm");

/** What went into the script, for the notices of licences. */
export const engineMetafiles = [];

/** The script; it leaves the engine in the global `layerscopeEngine` (src/compute/model/engine/evaluate-engine.ts). */
export async function bundleEngine() {
  const result = await build({
    stdin: { contents: 'export { env, InferenceSession, Tensor } from "onnxruntime-web/webgpu";', resolveDir: root },
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
  return Buffer.from(result.outputFiles[0].contents);
}

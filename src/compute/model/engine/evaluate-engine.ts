import { ComputeError } from "../../errors.ts";
import type { EngineFiles } from "./engine-files.ts";
import type { Ort } from "./ort.ts";

interface WorkerScope {
  importScripts?(address: string): void;
  layerscopeEngine?: Ort | undefined;
}

/**
 * A new instance of onnxruntime-web in this worker, with a memory of its own. `importScripts`, for classic workers are
 * what starts on pages from disk, and a policy that lets the worker start lets it do this.
 *
 * @throws ComputeError where this is no worker, or the glue can't be read.
 */
export function evaluateEngine({ glue, wasm }: EngineFiles): Ort {
  const scope = globalThis as WorkerScope;
  if (!scope.importScripts) throw new ComputeError("internal", "Models run in a worker.");
  const address = URL.createObjectURL(new Blob([glue], { type: "text/javascript" }));
  try {
    scope.importScripts(address);
  } finally {
    URL.revokeObjectURL(address);
  }
  const { layerscopeEngine: ort } = scope;
  if (!ort) throw new ComputeError("internal", "The engine's script is not what it should be.", "Reload the page.");
  // A script's variable can't be deleted.
  scope.layerscopeEngine = undefined;
  return withSettings(ort, wasm);
}

function withSettings(ort: Ort, wasm: ArrayBuffer): Ort {
  ort.env.logLevel = "error";
  // More threads need shared memory, which pages of notebooks don't have.
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmBinary = wasm;
  return ort;
}

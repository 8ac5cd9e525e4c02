/**
 * The two files of the engine's part (`parts/engine.js`, `parts/engine.wasm`). They must be of one build: a mismatch
 * hangs without an error.
 */
export interface EngineFiles {
  /** The text of a classic script that leaves onnxruntime-web in the global `layerscopeEngine`. */
  readonly glue: Uint8Array<ArrayBuffer>;
  readonly wasm: ArrayBuffer;
}

/**
 * The two files of an engine's part (`engine.js.gz` and `engine.wasm.gz` of the wheel, packed together in `engine-files.js`
 * of the npm package; `engine-jspi` likewise). They must be of one build: a mismatch hangs without an error.
 */
export interface EngineFiles {
  /** The text of a classic script that leaves onnxruntime-web in the global `layerscopeEngine`. */
  readonly glue: Uint8Array<ArrayBuffer>;
  readonly wasm: ArrayBuffer;
}

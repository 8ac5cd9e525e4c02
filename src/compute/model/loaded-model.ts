import type { ModelLayer } from "./model-layer.ts";
import type { OnnxModel } from "./onnx/onnx-model.ts";

/** One file of a model: the model's own, or one of external data beside it. */
export interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A model as it was read, ready for a session. */
export interface LoadedModel {
  readonly format: "onnx" | "keras";
  /** The file's name without its folder. */
  readonly name: string;
  /** What wrote it, "Keras 2.15.0", or which operators it has, "opset 20, pytorch 2.13.0". */
  readonly version: string;
  readonly onnx: OnnxModel;
  /** The graph as a file; its weights may lie in `beside`. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** External data by the location that the graph names. */
  readonly beside: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** In the order in which they run. */
  readonly layers: readonly ModelLayer[];
  /** What a reader should know of it, a sentence each: that it is quantised, say. */
  readonly notes: readonly string[];
}

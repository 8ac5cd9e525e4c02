import type { LoadedModel } from "../loaded-model.ts";
import type { ModelLayer } from "../model-layer.ts";
import type { Processor } from "./graph-session.ts";
import type { ModelInput } from "./model-inputs.ts";
import type { OpenModel } from "./open-model.ts";

/** What a page is told of a model that was loaded; the weights stay in the worker. */
export interface ModelFacts {
  readonly name: string;
  readonly format: LoadedModel["format"];
  /** What wrote it, "Keras 2.15.0", or which operators it has, "opset 20, pytorch 2.13.0". */
  readonly version: string;
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
  /** As the file tells of them; `modelLayers` knows more of an ONNX file's shapes. */
  readonly layers: readonly ModelLayer[];
  readonly inputs: readonly ModelInput[];
  /** Names of the tensors that it answers with. */
  readonly outputs: readonly string[];
  readonly processor: Processor;
  /** Why this processor, in a sentence for the status line. */
  readonly reason: string;
  readonly secondsPerPicture: number;
}

export function modelFacts({ model, notes, inputs, processor, reason, secondsPerPicture }: OpenModel): ModelFacts {
  const { name, format, version, layers, onnx } = model;
  const outputs = onnx.graph.outputs.map((output) => output.name);
  return { name, format, version, notes, layers, inputs, outputs, processor, reason, secondsPerPicture };
}

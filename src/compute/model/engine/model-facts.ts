import type { LoadedModel } from "../loaded-model.ts";
import type { ModelLayer } from "../model-layer.ts";
import type { Processor } from "./graph-session.ts";
import type { ModelInput } from "./model-inputs.ts";
import type { OpenModel } from "./open-model.ts";

/** What a page is told of a model that was loaded; the weights stay in the worker. */
export interface ModelFacts {
  readonly name: string;
  readonly format: LoadedModel["format"];
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

export function modelFacts({ model, inputs, processor, reason, secondsPerPicture }: OpenModel): ModelFacts {
  const { name, format, layers, onnx } = model;
  const outputs = onnx.graph.outputs.map((output) => output.name);
  return { name, format, layers, inputs, outputs, processor, reason, secondsPerPicture };
}

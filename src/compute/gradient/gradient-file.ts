import type { OpenModel } from "../model/engine/open-model.ts";
import { encloseWeights } from "../model/onnx/write/enclose-weights.ts";
import type { ModelGradients } from "./model-gradients.ts";
import type { GradientAsked } from "./plan-gradient.ts";

/** What a graph takes or answers with. */
export interface NamedShape {
  readonly name: string;
  /** With the batch. */
  readonly shape: readonly number[];
}

/** A model with the gradient of one of its scores, as a file that any runtime runs. It survives cloning. */
export interface GradientFile {
  /** The model's. */
  readonly name: string;
  /** An .onnx file with its weights in it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly inputs: readonly NamedShape[];
  /** What is differentiated, the layer that it is differentiated at (where it is none of the inputs), the gradient. */
  readonly outputs: readonly NamedShape[];
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
}

/** @throws ComputeError as `GradientPlanner.plan`, and as `encloseWeights`. */
export async function gradientFile(
  gradients: ModelGradients,
  { model, inputs }: OpenModel,
  asked: GradientAsked,
): Promise<GradientFile> {
  // What is scored, and what is to be said of it; its graph has only what has been captured already.
  const { batch, notes } = await gradients.scorePlan(asked);
  const { graph, output, outputDims, at, atDims, gradient } = await gradients.graph(asked);
  const isInput = inputs.some(({ name }) => name === at);
  return {
    name: model.name,
    bytes: encloseWeights(graph, model.name),
    inputs: inputs.map(({ name, dims }) => ({ name, shape: [batch, ...dims] })),
    outputs: [
      { name: output, shape: outputDims },
      ...(isInput || at === output ? [] : [{ name: at, shape: atDims }]),
      { name: gradient, shape: atDims },
    ],
    notes,
  };
}

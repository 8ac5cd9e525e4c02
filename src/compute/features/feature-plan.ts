import { ComputeError } from "../errors.ts";
import { type ModelInput, pictureInput } from "../model/engine/model-inputs.ts";
import { findLayer } from "../model/layers/find-layer.ts";
import { findPostconv } from "../model/layers/find-postconv.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import type { ChannelAxis } from "../model/model-layer.ts";
import { checkFeatureOptions, type FeatureOptions, type Pooling } from "./feature-options.ts";

/** A layer's answer, and what is made of it. */
export interface FeatureTap {
  readonly layer: string;
  readonly tensor: string;
  /** How the tensor lies. */
  readonly channels: ChannelAxis;
  readonly pooling: Pooling;
  /** The order of what is not pooled: Keras has channels last; null: as the tensor lies. */
  readonly channelsLast: true | null;
}

/** All that a worker must know to make features of pictures, besides the graph. It survives cloning. */
export interface FeaturePlan {
  /** The model's file, for errors. */
  readonly name: string;
  readonly input: ModelInput;
  readonly taps: readonly FeatureTap[];
  readonly predictions: { readonly tensor: string; readonly softmax: boolean } | null;
}

/**
 * What to run for what is wanted.
 *
 * @throws ComputeError "input" for a layer or an option that there isn't, or a model of more than one input.
 */
export function planFeatures(model: LoadedModel, inputs: readonly ModelInput[], options: FeatureOptions): FeaturePlan {
  checkFeatureOptions(options);
  const taps = options.layers.map((wanted): FeatureTap => {
    const isPostconv = wanted === "postconv";
    const { layer, output } = isPostconv ? findPostconv(model.layers) : findLayer(model.layers, wanted);
    return {
      layer: layer.name,
      tensor: output.tensor,
      channels: output.channels,
      // As Slideflow does: it stands for a vector.
      pooling: options.pooling ?? (isPostconv ? "avg" : null),
      channelsLast: model.format === "keras" ? true : null,
    };
  });
  const answer = model.onnx.graph.outputs[0];
  if (options.includePredictions && !answer)
    throw new ComputeError("input", `${model.name} has no outputs.`, "Ask for layers without predictions.");
  const predictions =
    options.includePredictions && answer ? { tensor: answer.name, softmax: options.applySoftmax } : null;
  return { name: model.name, input: pictureInput(model.name, inputs), taps, predictions };
}

/** The tensors that a session must answer with. */
export function tensorsOf({ taps, predictions }: FeaturePlan): readonly string[] {
  return [...new Set([...taps.map(({ tensor }) => tensor), ...(predictions ? [predictions.tensor] : [])])];
}

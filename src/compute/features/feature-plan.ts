import { ComputeError } from "../errors.ts";
import { type ModelInput, pictureInput } from "../model/engine/model-inputs.ts";
import type { TensorPool } from "../model/engine/pool-tensors.ts";
import { findLayer } from "../model/layers/find-layer.ts";
import { findPostconv } from "../model/layers/find-postconv.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import type { ChannelAxis } from "../model/model-layer.ts";
import { inputsOf } from "../model/onnx/write/cut-graph.ts";
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
  /** Where the graph itself pools: `tensor` is what comes of it. */
  readonly pool?: TensorPool;
}

/** All that a worker must know to make features of pictures, besides the graph. It survives cloning. */
export interface FeaturePlan {
  /** The model's file, for errors. */
  readonly name: string;
  /** Which takes the pictures. */
  readonly input: ModelInput;
  /** Which take numbers beside each picture, without which there is no answer. */
  readonly others: readonly ModelInput[];
  /** Whatever these are given, the answer is the same. */
  readonly idle: readonly ModelInput[];
  readonly taps: readonly FeatureTap[];
  readonly predictions: { readonly tensor: string; readonly softmax: boolean } | null;
}

/**
 * What to run for what is wanted.
 *
 * @throws ComputeError "input" for a layer or an option that there isn't, or a model with no input for pictures.
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
  const input = pictureInput(model.name, inputs);
  const beside = inputs.filter((each) => each !== input);
  const plan = { name: model.name, input, others: [], idle: beside, taps, predictions };
  if (beside.length === 0) return plan;
  const needed = inputsOf(model.onnx.graph, tensorsOf(plan));
  return {
    ...plan,
    others: beside.filter(({ name }) => needed.has(name)),
    idle: beside.filter(({ name }) => !needed.has(name)),
  };
}

/** The tensors that a session answers with. */
export function tensorsOf({ taps, predictions }: Pick<FeaturePlan, "taps" | "predictions">): readonly string[] {
  return [...new Set([...taps.map(({ tensor }) => tensor), ...(predictions ? [predictions.tensor] : [])])];
}

/** The same apart: those that the graph has, and those that it is to have besides, as `OpenModel.session` takes them. */
export function answersOf({
  taps,
  predictions,
}: FeaturePlan): [tensors: readonly string[], pools: readonly TensorPool[]] {
  return [tensorsOf({ taps: taps.filter(({ pool }) => !pool), predictions }), taps.flatMap(({ pool }) => pool ?? [])];
}

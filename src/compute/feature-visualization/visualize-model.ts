import type { Preprocessing } from "../features/preprocess/preprocessing.ts";
import type { ModelGradients } from "../gradient/model-gradients.ts";
import { isLayerTarget, type Target } from "../gradient/target.ts";
import type { Job } from "../job.ts";
import type { OpenModel } from "../model/engine/open-model.ts";
import { pictureShape } from "../saliency/run/picture-shape.ts";
import { colorsTaken } from "./colors-taken.ts";
import { type LevelPixels, levelPixels } from "./level-pixels.ts";
import type { VisualizationOptions } from "./visualization-options.ts";
import { type Exciting, type GrowingPicture, visualizeFeature } from "./visualize-feature.ts";

/** What is to be excited, and how its picture is grown. */
export interface VisualizationAsked {
  /** A class by its logit, a channel by its mean over all places, or one place of it. */
  readonly target: Target;
  readonly options: VisualizationOptions;
}

/** A picture as far as it has grown. It survives cloning. */
export interface FeatureVisualization {
  readonly pixels: LevelPixels;
  /** What is answered to it: of a channel the mean over its places. */
  readonly activation: number;
  /** The most that is answered at any place. */
  readonly most: number;
  readonly steps: number;
  readonly isStopped: boolean;
}

/**
 * The picture that excites a part of a model that is open most (`visualizeFeature`).
 *
 * @param preprocessing - How its pictures are prepared; null: not known.
 * @throws ComputeError "input" for a class, a layer, a channel, a place or an option that there isn't, for a model that can't
 * be differentiated, and where nothing excites it; "memory"; "cancelled" before the first step.
 */
export async function visualizeModel(
  gradients: ModelGradients,
  open: OpenModel,
  preprocessing: Preprocessing | null,
  { target, options }: VisualizationAsked,
  job: Job & { readonly onPartial?: ((partial: FeatureVisualization) => void) | undefined } = {},
): Promise<FeatureVisualization> {
  const { onPartial } = job;
  job.onProgress?.({ stage: "Preparing gradients", done: 0, total: 0, unit: "" });
  const shape = pictureShape(open);
  const plan = await gradients.plan({ target });
  const session = gradients.session(plan);
  const excite: Exciting = async (picture) => {
    const { scores, outputs, gradients: gradient } = await session.run(picture, 1);
    const activation = scores[0] ?? Number.NaN;
    return { activation, most: isLayerTarget(target) ? mostOf(outputs, plan.weights) : activation, gradient };
  };
  const isTurned = preprocessing?.channels === "BGR";
  const told = ({ levels, activation, most, steps }: GrowingPicture, isStopped: boolean): FeatureVisualization => ({
    pixels: levelPixels(levels, shape, isTurned),
    activation,
    most,
    steps,
    isStopped,
  });
  const onPicture = onPartial && ((picture: GrowingPicture) => onPartial(told(picture, false)));
  const { signal, onProgress } = job;
  const colors = colorsTaken(preprocessing, shape.channels);
  const grown = await visualizeFeature(excite, shape, colors, options, { signal, onProgress, onPicture });
  return told(grown, grown.isStopped);
}

/** Of the places that count. */
function mostOf(outputs: Float32Array, weights: Float32Array): number {
  return outputs.reduce((most, value, at) => (weights[at] ? Math.max(most, value) : most), Number.NEGATIVE_INFINITY);
}

import type { FeatureSet } from "../compute/features/features.ts";
import { activationSource } from "../widgets/models/activation-source.ts";
import { Activations } from "../widgets/models/activations.ts";
import type { AskedFeatures } from "../widgets/models/asked-features.ts";
import { openModel } from "../widgets/models/page-model.ts";
import type { Model } from "./model.ts";
import { type ModelImages, modelPictures } from "./model-pictures.ts";
import { loadNpmPart } from "./npm-parts.ts";

/** What is wanted of a model's layers, in the words of Slideflow's `Features`. */
export interface FeaturesInput {
  /**
   * One layer or several, concatenated in this order: names, numbers (negative from the end), tensors, PyTorch modules, or
   * "postconv", the layer after the last convolution. Default "postconv".
   */
  readonly layers?: string | number | readonly (string | number)[] | undefined;
  /** Give what the model itself answers beside the activations. Default false. */
  readonly includePredictions?: boolean | undefined;
  /** How a layer's answer at many places becomes one number a channel. Default null: every place is a column. */
  readonly pooling?: "avg" | "max" | null | undefined;
  /** Turn those answers into probabilities: for models that end in logits. Default false. */
  readonly applySoftmax?: boolean | undefined;
  /** Pictures that are run at once. Default: as many as suit their size. */
  readonly batchSize?: number | null | undefined;
}

/** Activations of a model's layers, as Slideflow's `Features` gives them. */
export class Features {
  readonly #asked: AskedFeatures;
  #sample: Promise<FeatureSet> | null = null;

  constructor(
    readonly model: Model,
    { layers = "postconv", ...others }: FeaturesInput = {},
  ) {
    const list = typeof layers === "string" || typeof layers === "number" ? [layers] : layers;
    this.#asked = { ...others, layers: list };
  }

  /**
   * The activations of pictures: `umapScatter({points: features.activations(images), images})` runs the model in the page
   * and maps what it answers; `await features.activations(images)` gives the numbers.
   */
  activations(images: ModelImages): Activations {
    const { source, declared } = this.model;
    const request = { model: source, images: modelPictures(images), options: this.#asked, preprocessing: declared };
    return new Activations(activationSource(request, { load: loadNpmPart }));
  }

  /** Columns of the activations. */
  get numFeatures(): Promise<number> {
    return this.#sampled().then(({ features }) => features.columns);
  }

  /** How many numbers the model itself answers with. */
  get numClasses(): Promise<number> {
    return this.#sampled().then(({ predictions }) => predictions?.columns ?? 0);
  }

  /** The layers as the model names them, in the order of their columns. */
  get layers(): Promise<readonly string[]> {
    return this.#sampled().then(({ blocks }) => blocks.map(({ layer }) => layer));
  }

  #sampled(): Promise<FeatureSet> {
    if (!this.#sample) {
      const sample = openModel(this.model.source, {}, { load: loadNpmPart }).then((open) =>
        open.sample({ ...this.#asked, includePredictions: true }),
      );
      this.#sample = sample;
      sample.catch(() => {
        this.#sample = null;
      });
    }
    return this.#sample;
  }
}

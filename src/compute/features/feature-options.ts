import { ComputeError } from "../errors.ts";
import { checkChoice, checkNumber } from "../option-checks.ts";

/** How a layer's answer at many places becomes one number a channel; null keeps every place. */
export type Pooling = "avg" | "max" | null;

/** What is wanted of a model, in the words of Slideflow's `Features`. */
export interface FeatureOptions {
  /** In the order in which they are concatenated: names, numbers, tensors, PyTorch modules, or "postconv". */
  readonly layers: readonly (string | number)[];
  readonly pooling: Pooling;
  /** Give what the model itself answers beside the activations. */
  readonly includePredictions: boolean;
  /** Turn those answers into probabilities: for models that end in logits. */
  readonly applySoftmax: boolean;
  /** Pictures that are run at once; null for as many as suit their size. */
  readonly batchSize: number | null;
  /** Workers with a session each, on the CPU; null for as many as pay and have room. */
  readonly workers: number | null;
}

export const featureDefaults: FeatureOptions = {
  layers: ["postconv"],
  pooling: null,
  includePredictions: false,
  applySoftmax: false,
  batchSize: null,
  workers: null,
};

/** @throws ComputeError "input" for what is no option. */
export function checkFeatureOptions({ layers, pooling, includePredictions, batchSize, workers }: FeatureOptions): void {
  if (pooling !== null) checkChoice("pooling", pooling, ["avg", "max"], " or none");
  if (batchSize !== null) checkNumber("batchSize", batchSize, { integer: true, least: 1, most: 4096 });
  if (workers !== null) checkNumber("workers", workers, { integer: true, least: 1, most: 64 });
  if (layers.length === 0 && !includePredictions)
    throw new ComputeError("input", "No layer is asked for, and no predictions.", 'Name a layer, such as "postconv".');
}

import { classShares } from "../class-shares.ts";
import { modelAnswers } from "../gradient/answer-kind.ts";
import { throwIfNoClass } from "../gradient/target.ts";
import type { Job } from "../job.ts";
import type { OpenModel } from "../model/engine/open-model.ts";
import type { StartedEngine } from "../model/engine/start-engine.ts";
import { type FeatureOptions, featureDefaults } from "./feature-options.ts";
import type { Features } from "./features.ts";
import type { PictureBatches } from "./picture-batches.ts";

const PREDICTIONS: FeatureOptions = { ...featureDefaults, layers: [], includePredictions: true };

/** A model that is open, by the key under which its workers are known. */
interface AskedModel {
  readonly key: string;
  readonly open: OpenModel;
  readonly started: StartedEngine;
}

/**
 * How likely a model finds one class in each of some pictures, from 0 to 1: its own answer where it ends in a softmax or a
 * sigmoid, else what these make of it.
 *
 * @throws {ComputeError} "input" for a class that there isn't; else as `Features.of`.
 */
export async function classProbability(
  features: Features,
  { key, open, started }: AskedModel,
  classIdx: number,
  pictures: PictureBatches,
  job: Job = {},
): Promise<Float32Array<ArrayBuffer>> {
  const { predictions } = await features.of(key, open, started, pictures, PREDICTIONS, job);
  const { data, columns } = predictions ?? { data: new Float32Array(), columns: 0 };
  throwIfNoClass(open.model.name, classIdx, columns);
  const shares = classShares(data, columns, modelAnswers(open.model));
  return Float32Array.from({ length: pictures.count }, (_, row) => shares[row * columns + classIdx] ?? 0);
}

import { ComputeError } from "../../../compute/errors.ts";
import type { DeclaredPreprocessing } from "../../../compute/features/preprocess/declared-preprocessing.ts";
import { inputPixels } from "../../models/input-pixels.ts";
import { type PageModel, processorWords } from "../../models/page-model.ts";
import type { ListedPicture } from "../../models/picture-list.ts";
import type { RunJob } from "../../work/one-run.ts";
import type { FeatureMapGridProps } from "../props.ts";
import type { PictureMaps } from "./shown-maps.ts";

/** How a picture's maps are asked for. */
export interface AskedMaps {
  readonly layers: FeatureMapGridProps["layers"];
  readonly preprocessing: DeclaredPreprocessing;
  /** Its number among those that were passed; null: a reader gave it. */
  readonly number: number | null;
}

/**
 * What a model's layers answer to a picture, and the picture as the model saw it.
 *
 * @throws {ComputeError} as `PageModel.featureMaps`.
 */
export async function makePictureMaps(
  model: PageModel,
  { key, name, pictures, row }: ListedPicture,
  { layers, preprocessing, number }: AskedMaps,
  job: RunJob,
): Promise<PictureMaps> {
  const { name: file, processor } = model.facts;
  const stage = `Running ${file} on ${name} (${processorWords(processor)})`;
  job.onProgress?.({ stage, done: 0, total: 0, unit: "" });
  const maps = await model.featureMaps(pictures, row, layers, preprocessing, job).catch((thrown) => {
    const { kind, reason, remedy, details } = ComputeError.from(thrown);
    // One that a reader gave has a name, and no number that anybody knows.
    throw new ComputeError(kind, number === null ? reason.replace(/^Picture 0\b/, name) : reason, remedy, details);
  });
  const prepared = model.facts.preprocessing ? model.preprocessing(preprocessing) : null;
  return { key, name, number, maps, pixels: inputPixels(maps.input, prepared) };
}

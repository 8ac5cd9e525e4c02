import { classShares } from "../../../compute/class-shares.ts";
import { ComputeError } from "../../../compute/errors.ts";
import type { DeclaredPreprocessing } from "../../../compute/features/preprocess/declared-preprocessing.ts";
import type { NumericSource } from "../../host/sources.ts";
import { refuseOtherClasses } from "../../models/activation-source.ts";
import { inputPixels } from "../../models/input-pixels.ts";
import { type PageModel, processorWords } from "../../models/page-model.ts";
import type { ListedPicture } from "../../models/picture-list.ts";
import type { RunJob } from "../../work/one-run.ts";
import type { SaliencyPicture } from "./shown-saliency.ts";

/** A picture, and what the model says of it. */
export interface SeenPicture extends Pick<SaliencyPicture, "key" | "name" | "number" | "pixels" | "probabilities"> {
  /** As the model takes it. */
  readonly input: NumericSource;
  /** The class that the model finds likeliest. */
  readonly likeliest: number;
}

/** A picture, and its number among those that were passed; null: a reader gave it. */
export interface NumberedPicture extends ListedPicture {
  readonly number: number | null;
}

/** How pictures are to be seen. */
export interface AskedSight {
  readonly preprocessing: DeclaredPreprocessing;
  /** A name a class, as the model's owner declared. */
  readonly classNames: readonly string[] | null;
}

/**
 * A picture as the model sees it, and the model's answer to it.
 *
 * @throws {ComputeError} as `PageModel.features`, and "input" for names that are not one a class.
 */
export async function seePicture(
  model: PageModel,
  { key, name, number, pictures, row }: NumberedPicture,
  { preprocessing, classNames }: AskedSight,
  job: RunJob,
): Promise<SeenPicture> {
  const { facts } = model;
  const stage = `Running ${facts.name} on ${name} (${processorWords(facts.processor)})`;
  job.onProgress?.({ stage, done: 0, total: 0, unit: "" });
  const shown = await model.shownPicture(pictures, row, preprocessing, job).catch((thrown) => {
    const { kind, reason, remedy, details } = ComputeError.from(thrown);
    // One that a reader gave has a name, and no number that anybody knows.
    throw new ComputeError(kind, number === null ? reason.replace(/^Picture 0\b/, name) : reason, remedy, details);
  });
  const input = model.shownAgain(key, shown);
  const asked = { layers: [], includePredictions: true };
  const { predictions } = await model.features(input, asked, {}, { signal: job.signal });
  const { data = new Float32Array(), columns = 0 } = predictions ?? {};
  refuseOtherClasses(facts.name, classNames, columns);
  const probabilities = classShares(data, columns, facts.answers);
  const prepared = facts.preprocessing ? model.preprocessing(preprocessing) : null;
  const most = probabilities.reduce((one, other) => Math.max(one, other), 0);
  const likeliest = probabilities.indexOf(most);
  if (likeliest < 0)
    throw new ComputeError(
      "input",
      `${facts.name} answers to ${name} with numbers that are none.`,
      "Check the picture's numbers and the preprocessing.",
    );
  return { key, name, number, pixels: inputPixels(shown, prepared), probabilities, input, likeliest };
}

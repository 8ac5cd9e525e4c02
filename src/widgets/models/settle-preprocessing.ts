import { ComputeError } from "../../compute/errors.ts";
import {
  type DeclaredPreprocessing,
  declarePreprocessing,
} from "../../compute/features/preprocess/declared-preprocessing.ts";
import type { Preprocessing } from "../../compute/features/preprocess/preprocessing.ts";
import type { PageModelFacts } from "./open-models.ts";

/**
 * How a model's pictures are prepared: as its file says, or is assumed, with what is declared in its place.
 *
 * @throws {ComputeError} "input" for a model that takes no pictures, for a setting that can't be used, and for a size that
 * the model can't take: it was opened with its own.
 */
export function settlePreprocessing(
  { name, preprocessing }: Pick<PageModelFacts, "name" | "preprocessing">,
  declared: DeclaredPreprocessing,
): Preprocessing {
  if (!preprocessing)
    throw new ComputeError("input", `${name} takes no pictures.`, "Pass numbers in the shape that it takes.");
  const settled = declarePreprocessing(preprocessing.preprocessing, declared);
  const [own, wanted] = [preprocessing.preprocessing.size, settled.size];
  if (!own || !wanted || (wanted.width === own.width && wanted.height === own.height)) return settled;
  const [takes, given] = [own, wanted].map(({ width, height }) => `${width} × ${height}`);
  throw new ComputeError("input", `${name} takes pictures of ${takes}, not ${given}.`, `Leave size at ${takes}.`);
}

import { ComputeError } from "../../errors.ts";
import { type ModelInput, pictureValue } from "../../model/engine/model-inputs.ts";
import type { LoadedModel } from "../../model/loaded-model.ts";
import type { Preprocessing } from "./preprocessing.ts";
import { type ProposedPreprocessing, proposePreprocessing } from "./propose-preprocessing.ts";

/** A model whose input's sizes are known. */
interface SizedModel {
  readonly model: LoadedModel;
  readonly inputs: readonly ModelInput[];
}

/**
 * What an open model's pictures are prepared by unless told otherwise. A size that its file leaves open is that with which
 * it was opened.
 *
 * @throws {ComputeError} kind "input" when none of its inputs takes pictures.
 */
export function modelPreprocessing({ model, inputs }: SizedModel): ProposedPreprocessing {
  const { preprocessing, ...assumption } = proposePreprocessing(model);
  const size =
    preprocessing.size ??
    sizeOf(
      preprocessing,
      inputs.find(({ name }) => name === pictureValue(model.onnx.graph)?.name),
    );
  return { preprocessing: { ...preprocessing, size }, ...assumption };
}

/** The same; null for a model that takes no pictures. */
export function modelPreprocessingOrNull(model: SizedModel): ProposedPreprocessing | null {
  try {
    return modelPreprocessing(model);
  } catch (thrown) {
    if (ComputeError.from(thrown).kind !== "input") throw thrown;
    return null;
  }
}

function sizeOf({ layout }: Preprocessing, input: ModelInput | undefined): Preprocessing["size"] {
  const [height, width] = layout === "NCHW" ? (input?.dims.slice(1) ?? []) : (input?.dims ?? []);
  return height !== undefined && width !== undefined ? { height, width } : null;
}

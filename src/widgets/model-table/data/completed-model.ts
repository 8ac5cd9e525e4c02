import type { ModelSource } from "../../models/model-source.ts";

/** A model with files that it lacked; it keeps its name. */
export function completedModel(lacking: ModelSource, added: ModelSource): ModelSource {
  return { ...lacking, key: `${lacking.key}.${added.key}`, files: [...lacking.files, ...added.files] };
}

/** Whether a file's name is that of a model, and not of what lies beside one. */
export function isModelName(name: string): boolean {
  return /\.(onnx|h5|hdf5|keras)$/i.test(name);
}

import type { DeclaredPreprocessing } from "../../../compute/features/preprocess/declared-preprocessing.ts";
import type { Job } from "../../../compute/job.ts";
import { modelOfFiles } from "../../models/model-of-files.ts";
import type { ModelSource } from "../../models/model-source.ts";

/** What a model is made from, where anything was given: a passed one is known, a dropped one's files are read first. */
export interface GivenModel {
  readonly isDropped: boolean;
  /** Whether what the caller declared (shape, preparation, classes) is said of it: of the passed one, not of its successor. */
  readonly isDeclared: boolean;
  source(job: Job): Promise<ModelSource>;
  /** What a reader has set of how this model's pictures are prepared. */
  changed: DeclaredPreprocessing;
}

export function passedModel(model: ModelSource | null): GivenModel | null {
  return model && { isDropped: false, isDeclared: true, changed: {}, source: async () => model };
}

/** @param isDeclared No other was passed: what the caller declared is said of whatever is dropped. */
export function droppedModel(files: readonly File[], isDeclared: boolean): GivenModel {
  // Another model's pictures may be prepared otherwise.
  return { isDropped: true, isDeclared, changed: {}, source: () => sourceOf(files) };
}

/** A model with files that it lacked; it keeps its name. */
export function completedModel(lacking: GivenModel, files: readonly File[]): GivenModel {
  return {
    ...lacking,
    isDropped: true,
    async source(job) {
      const [model, added] = [await lacking.source(job), await sourceOf(files)];
      return { ...model, key: `${model.key}.${added.key}`, files: [...model.files, ...added.files] };
    },
  };
}

/** Whether a file's name is that of a model, and not of what lies beside one. */
export function isModelName(name: string): boolean {
  return /\.(onnx|h5|hdf5|keras)$/i.test(name);
}

function sourceOf(files: readonly File[]): Promise<ModelSource> {
  return modelOfFiles(files.map((file) => ({ name: file.name, content: file })));
}

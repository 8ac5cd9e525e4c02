import { ComputeError } from "../../../compute/errors.ts";
import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import type { FeatureSet } from "../../../compute/features/features.ts";
import type { DeclaredPreprocessing } from "../../../compute/features/preprocess/declared-preprocessing.ts";
import type { Job } from "../../../compute/job.ts";
import type { ModelPictures, PageModel } from "../../models/page-model.ts";

/** One of the pictures, and the most that a channel answers to it anywhere. */
export interface ExcitingPicture {
  readonly row: number;
  readonly most: number;
}

/** Which pictures excite a channel most; a layer is searched once for all its channels. */
export class ExcitingPictures {
  /** By the model that answered, then by the layer's tensor. Another one once it is cleared: what comes late stays out of it. */
  #found = new WeakMap<SearchedPictures["model"]["facts"], Map<string, FeatureSet>>();

  /**
   * The pictures by the most that the channel answers to them, the highest first.
   *
   * @throws {ComputeError} as `PageModel.features`; "input" for a layer whose answers are not by channel.
   */
  async of(
    { model, pictures, preprocessing }: SearchedPictures,
    layer: MapLayer,
    channel: number,
    job: Job,
  ): Promise<readonly ExcitingPicture[]> {
    const answers = this.#found.get(model.facts) ?? new Map<string, FeatureSet>();
    this.#found.set(model.facts, answers);
    const known = answers.get(layer.tensor);
    // Its number tells more than its tensor, which another layer may be named after; but it stands for the first answer.
    const isFirst = model.facts.layers[layer.index]?.outputs[0]?.tensor === layer.tensor;
    const asked = { layers: [isFirst ? layer.index : layer.tensor], pooling: "max" } as const;
    const found = known ?? (await model.features(pictures, asked, preprocessing, job));
    answers.set(layer.tensor, found);
    const { rows, columns, data } = found.features;
    if (columns !== layer.channels)
      throw new ComputeError(
        "input",
        `${layer.name} answers with ${columns} numbers a picture, not with one for each of ${layer.channels} channels.`,
        "Search another layer.",
      );
    return Array.from({ length: rows }, (_, row) => ({ row, most: data[row * columns + channel] ?? 0 })).sort(
      (a, b) => b.most - a.most || a.row - b.row,
    );
  }

  /** They were other pictures, or prepared otherwise. */
  clear(): void {
    this.#found = new WeakMap();
  }
}

export interface SearchedPictures {
  readonly model: Pick<PageModel, "facts" | "features">;
  readonly pictures: ModelPictures;
  readonly preprocessing: DeclaredPreprocessing;
}

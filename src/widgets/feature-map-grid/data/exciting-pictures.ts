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
  readonly #found = new Map<number, FeatureSet>();

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
    const known = this.#found.get(layer.index);
    const found =
      known ?? (await model.features(pictures, { layers: [layer.index], pooling: "max" }, preprocessing, job));
    this.#found.set(layer.index, found);
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

  /** They were other pictures, or another model's. */
  clear(): void {
    this.#found.clear();
  }
}

export interface SearchedPictures {
  readonly model: PageModel;
  readonly pictures: ModelPictures;
  readonly preprocessing: DeclaredPreprocessing;
}

import type { InlinePicture } from "../widgets/host/inline-pictures.ts";
import type { Model } from "./model.ts";
import type { RowLabels } from "./umap-scatter-input.ts";

/** What `explore` takes. */
export interface ExploreInput {
  /** A model that `Model.load` has read. */
  readonly model: Model;
  /** A picture for every row; addresses must be of the page's own origin. */
  readonly images: readonly InlinePicture[];
  /** Classes, or numbers, to colour by. Without classes the units tell what is selected from the rest. */
  readonly labels?: RowLabels | undefined;
  /** What each picture is called. Default: its file's name. */
  readonly names?: Iterable<unknown> | undefined;
  /** The slide, or patient, that each picture comes from: the units are ranked by slides then. */
  readonly slides?: RowLabels | undefined;
  /** Whose answers are mapped, each channel by its mean. Default "postconv": the layer after the last convolution. */
  readonly layer?: string | number | undefined;
  /** Of every widget's picture, px. Default: each has its own. */
  readonly height?: number | undefined;
  /** Stands over all. Default: the model's name. */
  readonly title?: string | undefined;
  /** Default "auto": as the page. */
  readonly theme?: "auto" | "light" | "dark" | undefined;
}

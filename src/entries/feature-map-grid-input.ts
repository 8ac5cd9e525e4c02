import type { WantedLayers } from "../compute/feature-maps/feature-maps.ts";
import type { ChannelOrder } from "../compute/feature-maps/order-channels.ts";
import type { Normalize } from "../compute/feature-maps/stretch.ts";
import type { Model } from "./model.ts";
import type { ModelImages } from "./model-pictures.ts";

/** What `featureMapGrid` takes. */
export interface FeatureMapGridInput {
  /** A model that `Model.load` has read. */
  readonly model: Model;
  /** A list of pictures, or `{data, shape: [n, height, width, channels]}`. */
  readonly images: ModelImages;
  /** What they are called. */
  readonly imageNames?: readonly string[] | undefined;
  /** So many of the first layers; or the names or numbers of some; or null: all. Default 8. */
  readonly layers?: WantedLayers | undefined;
  /** Channels in a row. Default null: 16 from 600 px on, 8 below. */
  readonly columns?: number | null | undefined;
  /** How a channel's numbers become a picture. Default "zscore". */
  readonly normalize?: Normalize | undefined;
  /** Default "viridis". */
  readonly colormap?: "viridis" | "inferno" | "cividis" | "grey" | undefined;
  /** The order of a layer's channels. Default "index". */
  readonly sort?: ChannelOrder | undefined;
  /** The number of the picture on show. Default 0. */
  readonly image?: number | undefined;
  /** The number of a second one beside it. Default null: none. */
  readonly compare?: number | null | undefined;
  readonly title?: string | undefined;
  /** Default "auto": as the page. */
  readonly theme?: "auto" | "light" | "dark" | undefined;
}

import type { SaliencyMethod } from "../compute/saliency/saliency-method.ts";
import type { ShapedNumbers } from "../widgets/host/inline-sources.ts";
import type { AskedSaliencyOptions } from "../widgets/models/asked-saliency.ts";
import type { Model } from "./model.ts";
import type { ModelImages } from "./model-pictures.ts";

/** A method by its name, or with whether it is smoothed (SmoothGrad). */
export type OverlayMethod = SaliencyMethod | { readonly method: SaliencyMethod; readonly smooth?: boolean | undefined };

/** What methods take; each takes its own (docs/saliency.md). */
interface OverlayOptions extends Omit<AskedSaliencyOptions, "method" | "xBaseline" | "segments"> {
  /** How a path is summed up by integrated gradients. Default "riemann". */
  readonly rule?: AskedSaliencyOptions["method"];
  /** Where a path begins: "zeros", "black", "white", "mean", "blur", or a picture as the model takes it. */
  readonly xBaseline?: string | ShapedNumbers | undefined;
  /** For XRAI: labels (height × width) or masks (n × height × width). */
  readonly segments?: ShapedNumbers | undefined;
}

/** What `saliencyOverlay` takes. */
export interface SaliencyOverlayInput extends OverlayOptions {
  /** A model that `Model.load` has read; may be left out where maps are given. */
  readonly model?: Model | null | undefined;
  /** A list of pictures, or `{data, shape: [n, height, width, channels]}`. */
  readonly images: ModelImages;
  /** What they are called. */
  readonly imageNames?: readonly string[] | undefined;
  /** A class by its number or name, or several, each a column. Default null: each picture's likeliest. */
  readonly classIdx?: number | string | readonly (number | string)[] | null | undefined;
  /** One or several, each a column. Default "integrated_gradients". */
  readonly method?: OverlayMethod | readonly OverlayMethod[] | undefined;
  /** SmoothGrad over those methods that are named alone and can be smoothed. Default false. */
  readonly smooth?: boolean | undefined;
  /** What comes before a final softmax or sigmoid ("logits", the default), or what comes after it. */
  readonly of?: "logits" | "probabilities" | undefined;
  /** The number of the picture on show, or several. Default null: all of up to four, else the first. */
  readonly shown?: number | readonly number[] | null | undefined;
  /** Maps that were made elsewhere, 0 to 1: pictures × columns × height × width. */
  readonly maps?: ShapedNumbers | undefined;
  /** What their columns are called. */
  readonly mapNames?: readonly string[] | undefined;
  /** Picture and map "side" by side (the default); as an "overlay" alone; or with one sliding "edge" between them. */
  readonly arrangement?: "side" | "overlay" | "edge" | undefined;
  /** Default "inferno". "signed" tells what speaks against the class from what speaks for it. */
  readonly colormap?: "inferno" | "oranges" | "viridis" | "signed" | "grey" | undefined;
  /** What is seen through a map: its "picture" in grey (the default), or "nothing". */
  readonly under?: "picture" | "nothing" | undefined;
  /** Default "layerscope"; "slideflow" gives Slideflow's bytes. */
  readonly blend?: "layerscope" | "slideflow" | undefined;
  /** Of the map where it is strongest. Default 0.85. */
  readonly opacity?: number | undefined;
  /** Of a hundred places so many lie below the brightest colour. Default 99. */
  readonly percentile?: number | undefined;
  /** Lines around what is above a quarter, a half and three quarters. Default false. */
  readonly contours?: boolean | undefined;
  /** Show the most salient so many per cent of the places alone. Default null: all. */
  readonly top?: number | null | undefined;
  readonly title?: string | undefined;
  /** Default "auto": as the page. */
  readonly theme?: "auto" | "light" | "dark" | undefined;
}

import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import type { SaliencyMethod } from "../../compute/saliency/saliency-method.ts";
import type { NumericSource } from "../host/sources.ts";
import type { AskedSaliencyOptions } from "../models/asked-saliency.ts";
import type { ModelSource } from "../models/model-source.ts";
import type { ModelPictures } from "../models/page-model.ts";

/** How a map and its picture stand. */
export const ARRANGEMENTS = ["side", "overlay", "edge"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

export const SALIENCY_COLORMAPS = ["inferno", "oranges", "viridis", "signed"] as const;
export type SaliencyColormap = (typeof SALIENCY_COLORMAPS)[number];

/** "layerscope": the picture in grey, the map over it by its strength; "slideflow": Slideflow's bytes. */
export const BLENDS = ["layerscope", "slideflow"] as const;
export type Blend = (typeof BLENDS)[number];

/** One method, plain or smoothed. */
export interface AskedMethod {
  readonly method: SaliencyMethod;
  readonly smooth: boolean;
}

/** Everything that a caller may give. */
export interface SaliencyOverlayProps {
  /** null: maps are given, or only a saved picture is there. */
  readonly model: ModelSource | null;
  readonly images: ModelPictures | null;
  readonly imageNames: readonly string[] | null;
  /** Classes by their numbers or names; null: each picture's likeliest. */
  readonly classIdx: readonly (number | string)[] | null;
  readonly methods: readonly AskedMethod[];
  /** Of all methods; each takes its own. */
  readonly options: AskedSaliencyOptions;
  readonly of: "logits" | "probabilities";
  /** Numbers of the pictures on show; null: all of up to four, else the first. */
  readonly shown: readonly number[] | null;
  /** Maps that were made elsewhere: pictures × columns × height × width, 0 to 1. */
  readonly maps: NumericSource | null;
  /** The columns' names where maps are given. */
  readonly mapNames: readonly string[] | null;
  readonly arrangement: Arrangement;
  readonly colormap: SaliencyColormap;
  readonly blend: Blend;
  /** Of the map where it is strongest, 0 to 1. */
  readonly opacity: number;
  /** Of a hundred places so many lie below the map's brightest colour. */
  readonly percentile: number;
  /** Lines around what is above a quarter, a half and three quarters. */
  readonly contours: boolean;
  /** Show the map of the most salient so many per cent of the places alone; null: of all. */
  readonly top: number | null;
  readonly preprocessing: DeclaredPreprocessing | null;
  readonly title: string | null;
  readonly theme: "auto" | "light" | "dark";
  /** A packed picture from a saved notebook. */
  readonly saved: Uint8Array<ArrayBuffer> | null;
}

export const saliencyOverlayDefaults: SaliencyOverlayProps = {
  model: null,
  images: null,
  imageNames: null,
  classIdx: null,
  methods: [{ method: "integrated_gradients", smooth: false }],
  options: {},
  of: "logits",
  shown: null,
  maps: null,
  mapNames: null,
  arrangement: "side",
  colormap: "inferno",
  blend: "layerscope",
  opacity: 0.85,
  percentile: 99,
  contours: false,
  top: null,
  preprocessing: null,
  title: null,
  theme: "auto",
  saved: null,
};

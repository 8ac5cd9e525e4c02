import type { ComputeErrorRecord } from "../errors.ts";
import type { LayerKernels, PixelAsked, PixelExplanation } from "../feature-maps/explain/pixel-explanation.ts";
import type { FeatureMaps, ShownPicture, WantedLayers } from "../feature-maps/feature-maps.ts";
import type { FeatureVisualization, VisualizationAsked } from "../feature-visualization/visualize-model.ts";
import type { FeatureOptions } from "../features/feature-options.ts";
import type { FeatureSet } from "../features/features.ts";
import type { OtherInputs } from "../features/other-inputs.ts";
import type { DeclaredPreprocessing } from "../features/preprocess/declared-preprocessing.ts";
import type { PictureBatch } from "../features/preprocess/preprocess-pictures.ts";
import type { ProposedPreprocessing } from "../features/preprocess/propose-preprocessing.ts";
import type { AnswerKind } from "../gradient/answer-kind.ts";
import type { GradientFile } from "../gradient/gradient-file.ts";
import type { GradientAsked } from "../gradient/plan-gradient.ts";
import type { PictureSet } from "../images/picture-set.ts";
import type { ThumbnailOptions } from "../images/thumbnail-options.ts";
import type { ThumbnailSet } from "../images/thumbnail-set.ts";
import type { Progress } from "../job.ts";
import type { Matrix } from "../matrix.ts";
import type { EngineFiles } from "../model/engine/engine-files.ts";
import type { ModelFacts } from "../model/engine/model-facts.ts";
import type { OpenOptions } from "../model/engine/open-model.ts";
import type { ModelFile } from "../model/loaded-model.ts";
import type { ModelLayer } from "../model/model-layer.ts";
import type { CellTree } from "../mosaic/cell-tree.ts";
import type { MosaicGrid } from "../mosaic/grid.ts";
import type { PointIndex } from "../points/point-index.ts";
import type { JudgedSaliency, JudgingAsked } from "../saliency/run/judge-saliency.ts";
import type { PartialSaliencyMap, SaliencyRequest, SaliencySet } from "../saliency/run/saliency-request.ts";
import type { RowMask } from "../selection/row-mask.ts";
import type { BoxTask } from "../statistics/boxes/unit-box-maker.ts";
import type { UnitBoxes, UnitGroup } from "../statistics/boxes/unit-boxes.ts";
import type { GroupedRows } from "../statistics/grouped-rows.ts";
import type { SlideValues, UnitTables } from "../statistics/one-way/unit-table.ts";
import type { SlideMethod, StatisticsOptions } from "../statistics/statistics-options.ts";
import type { LayoutOrder } from "../umap/layout/layout-control.ts";
import type { LayoutPicture, PictureAsk } from "../umap/layout/layout-pictures.ts";
import type { NeighborGraph, UmapOptions } from "../umap/options.ts";
import type { Quality, QualityOptions } from "../umap/quality/measure-quality.ts";
import type { Prepared } from "../umap/relayout.ts";
import type { LayoutFrame, UmapResult } from "../umap/result.ts";
import type { FinishedMap } from "../umap/transform/fitted-map.ts";
import type { UpdatedMap } from "../umap/transform/update-map.ts";

/** What the page may ask of the worker: input and output by name. Everything in them survives structured cloning. */
export interface ComputeFunctions {
  umap: {
    input: {
      points: Matrix;
      options: UmapOptions;
      neighbors?: NeighborGraph | undefined;
      keepNeighbors?: number | undefined;
      resume?: { positions: Float32Array<ArrayBuffer>; epoch: number } | undefined;
    };
    output: UmapResult;
    partial: LayoutFrame;
  };
  quality: {
    input: { points: Matrix; positions: Float32Array<ArrayBuffer>; options: QualityOptions };
    output: Quality;
    partial: never;
  };
  /** Keep a finished map ready under a name, for `transform`; of more than four the longest unused one goes. */
  keepMap: { input: { key: string; map: FinishedMap }; output: void; partial: never };
  /** Rows placed in a kept map; "lost" when it is no longer kept. */
  transform: { input: { key: string; rows: Matrix }; output: Float32Array<ArrayBuffer>; partial: never };
  forgetMap: { input: { key: string }; output: void; partial: never };
  /** Rows added to a finished map, whose own stay where they are. */
  update: {
    input: {
      map: FinishedMap;
      added: Matrix;
      neighbors?: NeighborGraph | undefined;
      keepNeighbors?: number | undefined;
    };
    output: UpdatedMap;
    partial: LayoutFrame;
  };
  /** The same map with other parameters, from what the first one kept. */
  relayout: {
    input: {
      prepared: Prepared;
      options: UmapOptions;
      resume?: { positions: Float32Array<ArrayBuffer>; epoch: number } | undefined;
    };
    output: UmapResult;
    partial: LayoutFrame;
  };
  /** What zooming into a grid needs. */
  mosaicTree: {
    input: { grid: MosaicGrid; positions: Float32Array<ArrayBuffer> };
    output: CellTree;
    partial: never;
  };
  /** Small pictures of a set, in its order. */
  thumbnails: { input: { pictures: PictureSet; options: ThumbnailOptions }; output: ThumbnailSet; partial: never };
  /** Keep units and their rows ready under a name, for the functions below; see `KeptUnits` for how many. */
  keepUnits: { input: { key: string; rows: GroupedRows }; output: void; partial: never };
  forgetUnits: { input: { key: string }; output: void; partial: never };
  /** Every unit tested: group against group, or the rows of a mask against the rest; "lost" when no longer kept. */
  rankUnits: {
    input: { key: string; options: StatisticsOptions; mask: RowMask | null };
    output: UnitTables;
    partial: never;
  };
  /** The permutation test of units that were ranked without: p a unit, null where there is none; "lost" when no longer kept. */
  permuteUnits: {
    input: { key: string; options: StatisticsOptions; mask: RowMask | null };
    output: Float64Array<ArrayBuffer> | null;
    partial: never;
  };
  /** Of the groups, whatever is selected; "lost" when no longer kept. */
  slideValues: { input: { key: string; method: SlideMethod; threshold: number }; output: SlideValues; partial: never };
  /** One unit's values, one a row; "lost" when no longer kept. */
  unitColumn: { input: { key: string; unit: number }; output: Float32Array<ArrayBuffer>; partial: never };
  /** What is drawn of units, and of the selected rows beside their groups; "lost" when no longer kept. */
  unitBoxes: {
    input: BoxTask & { key: string; mask: RowMask | null };
    output: readonly UnitBoxes[];
    partial: never;
  };
  /** What another selection changes of that, one a unit: null where no selected row has a group. */
  selectionBoxes: {
    input: BoxTask & { key: string; mask: RowMask };
    output: readonly (UnitGroup | null)[];
    partial: never;
  };
  /** Bring the engine that runs models; once, before the first of the functions below. */
  startEngine: { input: EngineFiles; output: void; partial: never };
  /** Read a model and keep it ready under a name, run once to see where it runs; see `ModelSessions` for how many. */
  loadModel: {
    input: { key: string; files: readonly ModelFile[]; options: OpenOptions };
    output: ModelFacts & {
      /** What its pictures are prepared by unless told otherwise; null where it takes none. */
      readonly preprocessing: ProposedPreprocessing | null;
      readonly answers: AnswerKind;
    };
    partial: never;
  };
  /** Its layer table with all shapes, from a run with one picture; "lost" when no longer kept. */
  modelLayers: { input: { key: string }; output: readonly ModelLayer[]; partial: never };
  /**
   * Activations of layers for pictures as the model takes them, one after the other, of `of` that are run in parts;
   * `others` is what it takes beside these pictures. "lost" when no longer kept.
   */
  features: {
    input: {
      key: string;
      pictures: Float32Array<ArrayBuffer>;
      options: FeatureOptions;
      of?: number | undefined;
      others?: OtherInputs | undefined;
    };
    output: FeatureSet;
    partial: never;
  };
  /** The same for pictures as they came: decoded and prepared here. `first` is the number of the first of them. */
  pictureFeatures: {
    input: PicturesForModel & { options: FeatureOptions; of: number; others?: OtherInputs | undefined };
    output: FeatureSet;
    partial: never;
  };
  /** What a model is shown of pictures as they came. */
  preparePictures: { input: PicturesForModel; output: PictureBatch; partial: never };
  /** What layers, and the model itself, answer to one picture of whatever numbers: it says how wide that is. */
  sampleFeatures: { input: { key: string; options: FeatureOptions }; output: FeatureSet; partial: never };
  /** What layers answer to one picture, a map a channel; "lost" when the model is no longer kept. */
  featureMaps: {
    /** `pictures` has one picture; `floats` are one as the model takes it. */
    input: (PicturesForModel | { key: string; floats: Float32Array<ArrayBuffer> }) & { layers: WantedLayers };
    output: FeatureMaps;
    partial: never;
  };
  /** How a number of a feature map came about. */
  explainPixel: { input: PixelAsked & { key: string }; output: PixelExplanation; partial: never };
  /** A layer's own kernels; null for one that has none. */
  layerKernels: { input: { key: string; layer: string }; output: LayerKernels | null; partial: never };
  /** What of pictures a score stands on; "lost" when the model is no longer kept. */
  saliency: {
    /** Of `floats` the preprocessing only tells what black and white are. */
    input: (PicturesForModel | FloatsForModel) & { request: SaliencyRequest };
    output: SaliencySet;
    partial: PartialSaliencyMap;
  };
  /** The picture that excites a unit, a channel or a class most; "lost" when the model is no longer kept. */
  visualizeFeature: {
    /** The preprocessing only tells what black and white are. */
    input: VisualizationAsked & { key: string; preprocessing: DeclaredPreprocessing };
    output: FeatureVisualization;
    partial: FeatureVisualization;
  };
  /** How faithful a map of one picture is to the model; "lost" when the model is no longer kept. */
  judgeSaliency: {
    input: (PicturesForModel | FloatsForModel) & JudgingAsked & { classIdx: number };
    output: Omit<JudgedSaliency, "blurred"> & { readonly blurred: ShownPicture };
    partial: never;
  };
  /** A model with the gradient of one of its scores, as an .onnx file. */
  gradientGraph: { input: GradientAsked & { key: string }; output: GradientFile; partial: never };
  forgetModel: { input: { key: string }; output: void; partial: never };
  indexPoints: { input: { positions: Float32Array<ArrayBuffer> }; output: PointIndex; partial: never };
}

interface PicturesForModel {
  readonly key: string;
  readonly pictures: PictureSet;
  readonly first: number;
  readonly preprocessing: DeclaredPreprocessing;
}

interface FloatsForModel {
  readonly key: string;
  /** Pictures as the model takes them, one after the other. */
  readonly floats: Float32Array<ArrayBuffer>;
  readonly preprocessing: DeclaredPreprocessing;
}

export type FunctionName = keyof ComputeFunctions;

/** Page to worker. */
export type Request =
  | {
      readonly kind: "call";
      readonly id: number;
      readonly name: FunctionName;
      readonly input: unknown;
      /** Whether somebody hears partial results: those of a layout are copied for each frame. */
      readonly partials: boolean;
    }
  | { readonly kind: "tell"; readonly id: number; readonly order: LayoutOrder }
  | { readonly kind: "draw"; readonly id: number; readonly ask: PictureAsk }
  | { readonly kind: "cancel"; readonly id: number };

/** Worker to page. */
export type Reply =
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "partial"; readonly id: number; readonly partial: unknown }
  | { readonly kind: "picture"; readonly id: number; readonly picture: LayoutPicture }
  | { readonly kind: "result"; readonly id: number; readonly result: unknown }
  | { readonly kind: "error"; readonly id: number; readonly error: ComputeErrorRecord };

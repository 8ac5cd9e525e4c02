import { type BoxPlotElement, makeBoxPlot } from "./box-plot-element.ts";
import type { BoxPlotInput } from "./box-plot-input.ts";
import { type FeatureMapGridElement, makeFeatureMapGrid } from "./feature-map-grid-element.ts";
import type { FeatureMapGridInput } from "./feature-map-grid-input.ts";
import { type ModelTableElement, makeModelTable } from "./model-table-element.ts";
import type { ModelTableInput } from "./model-table-input.ts";
import { type MosaicElement, makeMosaic } from "./mosaic-element.ts";
import type { MosaicInput } from "./mosaic-input.ts";
import { loadNpmPart as load, loadPageParts as loadPage } from "./npm-parts.ts";
import { makeSaliencyOverlay, type SaliencyOverlayElement } from "./saliency-overlay-element.ts";
import type { SaliencyOverlayInput } from "./saliency-overlay-input.ts";
import { makeUmapScatter, type UmapScatterElement } from "./umap-scatter-element.ts";
import type { UmapScatterInput } from "./umap-scatter-input.ts";

export type { DeclaredPreprocessing } from "../compute/features/preprocess/declared-preprocessing.ts";
export type { Preprocessing } from "../compute/features/preprocess/preprocessing.ts";
export type { GradientFile } from "../compute/gradient/gradient-file.ts";
export type { Target } from "../compute/gradient/target.ts";
export type { ModelLayer } from "../compute/model/model-layer.ts";
export { explore } from "../explore.ts";
export { type LinkOptions, link, type WidgetElement } from "../widgets/host/observable.ts";
export { Activations, type ReadActivations } from "../widgets/models/activations.ts";
export type { Backend } from "../widgets/models/model-source.ts";
export type { ShownPictures } from "../widgets/models/page-model.ts";
export type { BoxPlotElement, StatsInput } from "./box-plot-element.ts";
export type { BoxPlotInput, UnitStatisticsInput } from "./box-plot-input.ts";
export type {
  ChannelFacts,
  FeatureMapGridElement,
  FeatureMapView,
  LayerMaps,
  VisualizedFeature,
  VisualizedPart,
} from "./feature-map-grid-element.ts";
export type { FeatureMapGridInput } from "./feature-map-grid-input.ts";
export { Features, type FeaturesInput } from "./features.ts";
export { type GradientInput, Model, type ModelFileInput, type ModelOptions } from "./model.ts";
export type { ModelImages } from "./model-pictures.ts";
export type { ModelTableElement } from "./model-table-element.ts";
export type { ModelTableInput } from "./model-table-input.ts";
export type { MosaicElement } from "./mosaic-element.ts";
export type { FocusRows, GridInput, MosaicInput } from "./mosaic-input.ts";
export * as plotUtils from "./plot-utils.ts";
export { type Saliency, type SaliencyImages, type SaliencyInput, SaliencyMap } from "./saliency-map.ts";
export type {
  OverlayNumbers,
  SaliencyCurves,
  SaliencyOverlayElement,
  SaliencyOverlayView,
} from "./saliency-overlay-element.ts";
export type { OverlayMethod, SaliencyOverlayInput } from "./saliency-overlay-input.ts";
export type { UmapScatterElement } from "./umap-scatter-element.ts";
export type { RowLabels, UmapScatterInput } from "./umap-scatter-input.ts";
export type { RankedUnit, SlideflowStats, UnitTestResult } from "./unit-answers.ts";
export { UnitStatistics } from "./unit-statistics.ts";

export interface CallOptions {
  /** Observable's `invalidation`: the widget ends when it resolves. */
  readonly invalidation?: PromiseLike<unknown> | undefined;
}

/**
 * A map of which rows are alike.
 *
 * @param input `points` (rows × columns) or `coords`; `labels`, `images`, `names`, `values`, `color`; UMAP's parameters
 * in camelCase. `docs/umap-scatter.md` has them all.
 */
export function umapScatter(input: UmapScatterInput, { invalidation }: CallOptions = {}): UmapScatterElement {
  return makeUmapScatter(input, { invalidation, load, loadPage });
}

/**
 * Pictures on a map, cell by cell.
 *
 * @param input `images`, one a row, and `coords` (n × 2, or a `umapScatter(...)` of the same rows, which is followed while
 * it settles and linked) or `points` (rows × columns, mapped by UMAP); `numTilesX`, `tileSelect`, `labels`, `names`,
 * `values`. `docs/mosaic.md` has them all.
 */
export function mosaic(input: MosaicInput, { invalidation }: CallOptions = {}): MosaicElement {
  return makeMosaic(input, { invalidation, load, loadPage });
}

/**
 * Which units tell classes, or a selection, apart.
 *
 * @param input `values` (rows × units), `labels` and `slides`, one a row; `units`, `level`, `test`. `docs/box-plot.md` has
 * them all.
 */
export function boxPlot(input: BoxPlotInput, { invalidation }: CallOptions = {}): BoxPlotElement {
  return makeBoxPlot(input, { invalidation, load, loadPage });
}

/**
 * The layers of a trained model, and how pictures are prepared for it.
 *
 * @param input `model`, which `Model.load` has read; without one a reader drops it there. `docs/models.md` tells more.
 */
export function modelTable(input: ModelTableInput = {}, { invalidation }: CallOptions = {}): ModelTableElement {
  return makeModelTable(input, { invalidation, load, loadPage });
}

/**
 * What every channel of a model's layers answers to a picture, and how each of its pixels came about.
 *
 * @param input `model`, which `Model.load` has read, and `images`; `layers`, `normalize`, `colormap`, `sort`.
 * `docs/feature-map-grid.md` has them all.
 */
export function featureMapGrid(input: FeatureMapGridInput, { invalidation }: CallOptions = {}): FeatureMapGridElement {
  return makeFeatureMapGrid(input, { invalidation, load, loadPage });
}

/**
 * What of pictures a model's answer stands on, over the pictures, with the means to judge whether a map is faithful.
 *
 * @param input `images`, and `model`, which `Model.load` has read, or `maps` that were made elsewhere; `classIdx`, `method`,
 * `smooth` and what methods take, `arrangement`, `colormap`, `opacity`. `docs/saliency-overlay.md` has them all.
 */
export function saliencyOverlay(
  input: SaliencyOverlayInput,
  { invalidation }: CallOptions = {},
): SaliencyOverlayElement {
  return makeSaliencyOverlay(input, { invalidation, load, loadPage });
}

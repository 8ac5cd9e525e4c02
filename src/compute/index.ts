// The door of the compute layer: what widgets and pages may ask for. No DOM, no notebook.
export { ComputeError, type ErrorKind } from "./errors.ts";
export type { DeclaredPreprocessing } from "./features/preprocess/declared-preprocessing.ts";
export { type PictureBatch, preprocessPictures } from "./features/preprocess/preprocess-pictures.ts";
export { type Preprocessing, preprocessingDefaults } from "./features/preprocess/preprocessing.ts";
export { fitInside } from "./images/fit-inside.ts";
export { makeThumbnails } from "./images/make-thumbnails.ts";
export { meanColor } from "./images/mean-color.ts";
export type { PicturePack, PictureSet, PictureStack, StoredPicture } from "./images/picture-set.ts";
export type { RawPixels } from "./images/raw-pixels.ts";
export { shrinkPixels } from "./images/shrink-pixels.ts";
export { fitNormalizer, normalizeStain } from "./images/stain/normalize-stain.ts";
export type { StainMethod, StainNormalizer } from "./images/stain/normalizer.ts";
export { normalizerPresets } from "./images/stain/normalizer-presets.ts";
export { decodeThumbnail, type Thumbnail } from "./images/thumbnail-maker.ts";
export type { ThumbnailOptions } from "./images/thumbnail-options.ts";
export { type ThumbnailSet, type ThumbnailState, thumbnailStates } from "./images/thumbnail-set.ts";
export type { Job, Progress } from "./job.ts";
export type { Matrix } from "./matrix.ts";
export { type LayerTotals, layerTotals } from "./model/layers/layer-totals.ts";
export { summaryText } from "./model/layers/summary-text.ts";
export type { ModelLayer } from "./model/model-layer.ts";
export * from "./mosaic/index.ts";
export { nearestInDirection, nearestPoint } from "./points/nearest-point.ts";
export { buildPointIndex, type PointIndex } from "./points/point-index.ts";
export { rowsInPolygon, rowsInRectangle } from "./points/polygon-mask.ts";
export {
  countRows,
  emptyMask,
  fullMask,
  hasRow,
  intersectMask,
  invertMask,
  maskOf,
  type RowMask,
  rowsOf,
  subtractMask,
  unionMask,
} from "./selection/row-mask.ts";
export * from "./statistics/index.ts";
export { umap, umapMemory, validateUmapOptions } from "./umap/index.ts";
export { type Metric, type NeighborGraph, type UmapOptions, umapDefaults } from "./umap/options.ts";
export { measureQuality, type Quality, type QualityOptions, qualityDefaults } from "./umap/quality/measure-quality.ts";
export type { LayoutFrame, UmapJob, UmapResult } from "./umap/result.ts";
export { type FinishedMap, FittedMap } from "./umap/transform/fitted-map.ts";
export { type UpdatedMap, updateMap } from "./umap/transform/update-map.ts";

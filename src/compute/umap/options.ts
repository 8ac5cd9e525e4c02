/** How rows are compared; the names are umap-learn's. */
export type Metric = "euclidean" | "cosine" | "correlation" | "manhattan";

/** Neighbours of every row, nearest first, the row itself excluded. Both arrays are `rows * k`, row-major. */
export interface NeighborGraph {
  readonly k: number;
  readonly indices: Int32Array<ArrayBuffer>;
  readonly distances: Float32Array<ArrayBuffer>;
}

/** umap-learn's parameters under their own names in camelCase, with their meaning and defaults. */
export interface UmapOptions {
  /** Neighbours that a row is compared with, the row itself counted as in umap-learn. Default 15. */
  readonly nNeighbors: number;
  readonly nComponents: 2 | 3;
  readonly metric: Metric;
  readonly minDist: number;
  readonly spread: number;
  /** Rounds of the layout; null takes 500 up to 10,000 rows and 200 above, as umap-learn does. */
  readonly nEpochs: number | null;
  readonly learningRate: number;
  /** The layout before the first round; an array holds `rows * nComponents` numbers. */
  readonly init: "pca" | "spectral" | "random" | Float32Array<ArrayBuffer>;
  readonly localConnectivity: number;
  readonly setOpMixRatio: number;
  readonly repulsionStrength: number;
  readonly negativeSampleRate: number;
  readonly seed: number;
  /** "layerscope" is our own engine; "umap-js" is Google PAIR's reference implementation. */
  readonly engine: "layerscope" | "umap-js";
  /** What computes: "auto" takes WebGPU where the browser has a real one, else the CPU. */
  readonly backend: "auto" | "webgpu" | "cpu";
  /** "auto" is exact up to a size that the machine does in good time, then NN-descent, whose recall is sampled. */
  readonly neighborSearch: "auto" | "exact" | "nn-descent";
  /** Principal components that the columns are reduced to first; null keeps all columns. */
  readonly pca: number | null;
  /** Workers on the CPU; null takes what the machine has, at most 8. The map does not depend on it. */
  readonly workers: number | null;
}

export const umapDefaults: UmapOptions = {
  nNeighbors: 15,
  nComponents: 2,
  metric: "euclidean",
  minDist: 0.1,
  spread: 1,
  nEpochs: null,
  learningRate: 1,
  init: "pca",
  localConnectivity: 1,
  setOpMixRatio: 1,
  repulsionStrength: 1,
  negativeSampleRate: 5,
  seed: 42,
  engine: "layerscope",
  backend: "auto",
  neighborSearch: "auto",
  pca: null,
  workers: null,
};

/** The benchmarks, and the ratio (peer's figure divided by ours) that each must at least reach. */
export const FLOORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "first-picture-100k": { "jupyter-scatter": 2 },
  "anova-100k": { "slideflow-loop": 10, "scipy-vectorised": 4, "contiguous-loop": 2.5 },
  "mosaic-20k": { "screen-array": 50, "screen-jpeg": 20, png: 10 },
  "mosaic-notebook": { slideflow: 10 },
  "mosaic-100k": { limit: 1 },
  "scatter-1m": { "first-picture": 0.9, pan: 0.9, hover: 0.9, lasso: 10 },
  "umap-5k": { "umap-js": 15, "embedding-atlas": 8, "umap-learn": 3 },
  "umap-20k": { "umap-js": 15, "embedding-atlas": 8, "umap-learn": 3 },
  "umap-any-data": { "umap-learn": 1.5, recall: 0.999 },
  "umap-quality": { trustworthiness: 0.998, preservation: 0.99 },
  "umap-workers": { "one-worker": 1.6 },
  "umap-memory": { limit: 1 },
  "umap-transform": { "umap-learn": 10 },
  "box-linked": { limit: 1 },
  "model-forward": { "onnxruntime-web": 0.95 },
  "features-workers": { "one-worker": 1.7 },
  "keras-load": { keras: 1, "keras-memory": 1 },
  "grid-704": { limit: 1, matplotlib: 20 },
  // Reached by coming to an end.
  "umap-million": {},
  // Measured for what it tells; see docs/performance.md.
  "relaxed-simd": {},
};

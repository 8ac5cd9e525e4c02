/** The benchmarks, and the ratio (peer's figure divided by ours) that each must at least reach. */
export const FLOORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "first-picture-100k": { "jupyter-scatter": 2 },
  "scatter-1m": { "first-picture": 0.9, pan: 0.9, hover: 0.9, lasso: 10 },
};

import { type UmapOptions, umapDefaults } from "../../../compute/umap/options.ts";
import type { SettingField, SettingValues } from "../../chrome/settings-fields.ts";

/** The parameters that a reader may change in the panel, by umap-learn's names. */
export function settingFields(rows: number): readonly SettingField[] {
  return [
    {
      key: "nNeighbors",
      label: "n_neighbors",
      kind: "number",
      min: 2,
      max: Math.max(3, Math.min(200, rows - 1)),
      step: 1,
      scale: "log",
      default: umapDefaults.nNeighbors,
      live: true,
      help: "Few: local detail. Many: the broad shape.",
    },
    {
      key: "minDist",
      label: "min_dist",
      kind: "number",
      min: 0,
      max: 0.99,
      step: 0.01,
      default: umapDefaults.minDist,
      live: true,
      help: "How close rows may lie: small packs alike rows tightly.",
    },
    {
      key: "metric",
      label: "metric",
      kind: "choice",
      options: ["euclidean", "cosine", "correlation", "manhattan"].map((value) => ({ value, label: value })),
      default: umapDefaults.metric,
      help: "How rows are compared.",
    },
    {
      key: "init",
      label: "init",
      kind: "choice",
      options: ["pca", "spectral", "random"].map((value) => ({ value, label: value })),
      default: "pca",
      help: "The layout before the first round.",
    },
    {
      key: "nEpochs",
      label: "n_epochs",
      kind: "number",
      min: 10,
      max: 2000,
      step: 10,
      default: rows > 10_000 ? 200 : 500,
      help: "Rounds of the layout.",
    },
    { key: "spread", label: "spread", kind: "number", min: 0.1, max: 5, step: 0.1, default: umapDefaults.spread },
    {
      key: "seed",
      label: "seed",
      kind: "number",
      min: 0,
      max: 999_999,
      step: 1,
      default: umapDefaults.seed,
      help: "The same seed gives the same map.",
    },
  ];
}

export function settingValues(options: UmapOptions, rows: number): SettingValues {
  const { nNeighbors, minDist, metric, init, nEpochs, spread, seed } = options;
  return {
    nNeighbors,
    minDist,
    metric,
    init: typeof init === "string" ? init : "pca",
    nEpochs: nEpochs ?? (rows > 10_000 ? 200 : 500),
    spread,
    seed,
  };
}

/** What the panel's values change in the options; an initial layout given as an array stays unless `init` is changed. */
export function changedOptions(values: SettingValues, before: UmapOptions, rows: number): Partial<UmapOptions> {
  const old = settingValues(before, rows);
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => old[key] !== value),
  ) as Partial<UmapOptions>;
}

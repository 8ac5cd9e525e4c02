import type { StainMethod, StainNormalizer } from "./normalizer.ts";

const REINHARD = { means: [65.22132, 28.934267, -14.142519], deviations: [15.800227, 9.263783, 6.0213304] };
const REINHARD_FAST = { means: [58.12343, 26.483482, -12.701005], deviations: [14.675022, 7.5744166, 5.226378] };

/**
 * The target used when nobody names one: Slideflow's fit "v3" of each method, its default since 1.6, the average over some
 * 50,000 tiles of 450 slides of TCGA (`fit_presets` in slideflow/norm/utils.py).
 */
export const normalizerPresets: { readonly [method in StainMethod]: StainNormalizer } = {
  reinhard: { method: "reinhard", ...REINHARD },
  reinhard_mask: { method: "reinhard_mask", ...REINHARD },
  reinhard_fast: { method: "reinhard_fast", ...REINHARD_FAST },
  reinhard_fast_mask: { method: "reinhard_fast_mask", ...REINHARD_FAST },
  macenko: {
    method: "macenko",
    stains: [
      [0.5062568, 0.75322306, 0.40691733],
      [0.2218694, 0.8652155, 0.42241502],
    ],
    concentrations: [1.7656903, 1.2797493],
  },
  macenko_fast: {
    method: "macenko_fast",
    stains: [
      [0.52000326, 0.73508584, 0.4249617],
      [0.2623537, 0.83495414, 0.4630997],
    ],
    concentrations: [2.0259454, 1.4088874],
  },
};

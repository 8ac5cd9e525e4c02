import type { ShownMap } from "../../src/widgets/saliency-overlay/data/shown-saliency.ts";

/** A map of these values, for the class where `signed` does not say otherwise. */
export function shownMap({
  height,
  width,
  values,
  ...others
}: {
  readonly height: number;
  readonly width: number;
  readonly values: readonly number[];
} & Partial<ShownMap>): ShownMap {
  return {
    height,
    width,
    strength: Float32Array.from(values),
    signed: Float32Array.from(values),
    isPartial: false,
    score: null,
    baselineScore: null,
    completeness: null,
    layer: null,
    notes: [],
    ...others,
  };
}

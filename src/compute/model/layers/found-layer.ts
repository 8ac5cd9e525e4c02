import type { LayerOutput, ModelLayer } from "../model-layer.ts";

/** A layer and that of its answers which was asked for: the first, but where a tensor was named. */
export interface FoundLayer {
  readonly layer: ModelLayer;
  readonly output: LayerOutput;
}

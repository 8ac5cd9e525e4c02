import type { OpenModel } from "../model/engine/open-model.ts";
import { pooledName } from "../model/engine/pool-tensors.ts";
import { isMap, placeAxes } from "../model/layers/activation-layout.ts";
import type { ModelLayer } from "../model/model-layer.ts";
import type { FeaturePlan, FeatureTap } from "./feature-plan.ts";

/**
 * The plan by which the graph pools what is to be pooled, for processors from whose memory a layer's answer would have
 * to be read back as a whole: of 64 maps of 112 × 112, 3.2 MB a picture instead of 256 bytes.
 */
export async function poolInGraph(plan: FeaturePlan, model: OpenModel): Promise<FeaturePlan> {
  const isUnknown = ({ tensor, pooling }: FeatureTap) => pooling !== null && !shapeOf(tensor, model.model.layers);
  // How many dimensions there are decides what is pooled; where the file doesn't say, a run does.
  const layers = plan.taps.some(isUnknown) ? await model.layers() : model.model.layers;
  return { ...plan, taps: plan.taps.map((tap) => pooledTap(tap, shapeOf(tap.tensor, layers))) };
}

function shapeOf(tensor: string, layers: readonly ModelLayer[]): readonly unknown[] | null {
  for (const { outputs } of layers) for (const output of outputs) if (output.tensor === tensor) return output.shape;
  return null;
}

function pooledTap(tap: FeatureTap, shape: readonly unknown[] | null): FeatureTap {
  const { tensor, channels, pooling } = tap;
  if (!shape || pooling === null || !isMap(channels, shape)) return tap;
  const pool = { tensor, pooling, axes: placeAxes(channels, shape) };
  return { ...tap, tensor: pooledName(pool), channels: null, pooling: null, pool };
}

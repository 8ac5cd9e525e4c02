import type { ModelLayer } from "../model-layer.ts";
import { TENSOR_TYPES, type TensorTypeName } from "../onnx/onnx-model.ts";
import { bitsOf } from "../onnx/tensor-size.ts";

/** What a layer table ends with. */
export interface LayerTotals {
  readonly parameters: number;
  readonly trainable: number;
  /** Bytes of the parameters, as wide as the layers' answers are. */
  readonly parameterBytes: number;
  readonly trainableBytes: number;
  /** For one picture, of the layers that tell. */
  readonly multiplyAdds: number;
  /** How many layers don't. */
  readonly unknown: number;
}

export function layerTotals(layers: readonly ModelLayer[]): LayerTotals {
  const totals = { parameters: 0, trainable: 0, parameterBytes: 0, trainableBytes: 0, multiplyAdds: 0, unknown: 0 };
  for (const layer of layers) {
    const bytes = (bitsOf(TENSOR_TYPES[layer.dtype as TensorTypeName] ?? TENSOR_TYPES.float32) ?? 32) / 8;
    totals.parameters += layer.parameters;
    totals.trainable += layer.trainable;
    totals.parameterBytes += layer.parameters * bytes;
    totals.trainableBytes += layer.trainable * bytes;
    if (layer.multiplyAdds === null) totals.unknown++;
    else totals.multiplyAdds += layer.multiplyAdds;
  }
  return totals;
}

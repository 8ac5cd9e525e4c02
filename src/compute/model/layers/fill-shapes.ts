import type { LoadedModel } from "../loaded-model.ts";
import type { LayerOutput, ModelLayer } from "../model-layer.ts";
import { onnxLayers } from "./onnx-layers.ts";

/**
 * A model's layers with what a run with one picture told of their shapes.
 *
 * An ONNX model's layers get shapes and the multiply-adds that follow from them; a Keras model's have both already,
 * but for dimensions that are open in the file.
 *
 * @param shapes - Dimensions by tensor, as the engine answered with them.
 */
export function fillShapes(
  model: Pick<LoadedModel, "format" | "onnx" | "layers">,
  shapes: ReadonlyMap<string, readonly number[]>,
): readonly ModelLayer[] {
  if (model.format === "onnx") return onnxLayers(model.onnx, shapes);
  return model.layers.map((layer) => ({
    ...layer,
    outputs: layer.outputs.map((output) => filled(output, shapes.get(output.tensor))),
  }));
}

/** Keras has channels last, whichever way the tensor lies. */
function filled(output: LayerOutput, measured: readonly number[] | undefined): LayerOutput {
  if (!measured) return output;
  const [batch = 1, ...others] = measured;
  const [channels = 1, ...spatial] = others;
  const dims = output.channels === "first" ? [batch, ...spatial, channels] : measured;
  const known = output.shape ?? [null];
  if (output.shape && output.shape.length !== dims.length) return output;
  return { ...output, shape: dims.map((size, axis) => known[axis] ?? (axis === 0 ? null : size)) };
}

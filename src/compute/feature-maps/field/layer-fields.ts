import { dependentTensors } from "../../model/layers/dependent-tensors.ts";
import type { LoadedModel } from "../../model/loaded-model.ts";
import type { LayerOutput, ModelLayer } from "../../model/model-layer.ts";
import { layoutOf } from "../picture-shown.ts";
import type { ReceptiveField } from "../receptive-field.ts";
import { graphFacts } from "./graph-facts.ts";
import type { SpatialAxes } from "./moved-axes.ts";
import { traceFields } from "./trace-fields.ts";

/**
 * What of the picture the places of layers' maps saw.
 *
 * @param layers - With the shapes that are known.
 * @param picture - One picture's dimensions.
 * @param measured - Dimensions of tensors, batch included, as a run answered with them.
 * @returns Tells it of an answer; null for all of the picture, or where nothing can be told.
 */
export function layerFields(
  model: Pick<LoadedModel, "onnx" | "beside" | "format">,
  layers: readonly ModelLayer[],
  picture: readonly number[],
  measured: ReadonlyMap<string, readonly number[]>,
): (output: LayerOutput) => ReceptiveField | null {
  const axes = pictureAxes(model.format, picture);
  if (!axes) return () => null;
  const dependent = dependentTensors(model.onnx.graph);
  const traced = traceFields(model.onnx.graph, dependent, graphFacts(model, layers, dependent, measured), axes);
  return ({ tensor, channels }) => {
    const found = traced.get(tensor);
    const first = channels === "last" ? 1 : 2;
    return found?.rank === 4 && found.rows === first && found.columns === first + 1 ? found.field : null;
  };
}

function pictureAxes(format: LoadedModel["format"], dims: readonly number[]): SpatialAxes | null {
  if (dims.length < 2 || dims.length > 3) return null;
  const rows = dims.length === 3 && layoutOf(format, dims) === "NCHW" ? 2 : 1;
  return { rank: dims.length + 1, rows, columns: rows + 1 };
}

import { numberOf } from "../../model/layers/attribute-values.ts";
import { findLayer } from "../../model/layers/find-layer.ts";
import type { LoadedModel } from "../../model/loaded-model.ts";
import type { OnnxNode } from "../../model/onnx/onnx-model.ts";
import { numbersOf } from "../../model/onnx/tensor-numbers.ts";
import { LayerGraph } from "./layer/layer-graph.ts";
import type { LayerKernels } from "./pixel-explanation.ts";

/** Kernels over volumes have more. */
const MOST_DIMENSIONS = 4;

/**
 * The kernels of a layer's last convolution; those over sequences are one wide.
 *
 * @returns null for a layer that has none, or whose weights are packed or made in the graph.
 * @throws ComputeError "input" for a layer that there isn't.
 */
export function layerKernels(
  model: Pick<LoadedModel, "format" | "onnx" | "layers" | "beside">,
  layer: string,
): LayerKernels | null {
  const graph = new LayerGraph(model, findLayer(model.layers, layer));
  const node = lastConvolution(graph);
  const tensor = node && graph.weight(node.inputs[1] ?? "");
  const numbers = tensor ? numbersOf(tensor, model.beside) : null;
  if (!node || !numbers || numbers.dims.length > MOST_DIMENSIONS) return null;
  const [first = 1, second = 1, height = 1, width = 1] = numbers.dims;
  const size = height * width;
  const data = new Float32Array(first * second * size);
  if (node.opType === "Conv") {
    for (let index = 0; index < data.length; index++) data[index] = numbers.at(index);
    return { out: first, in: second, height, width, data };
  }
  // A transposed convolution's weights are (in, out of the group, height, width).
  const groups = numberOf(node, "group", 1);
  const [out, into] = [second * groups, first / groups];
  for (let to = 0, index = 0; to < out; to++)
    for (let from = 0; from < into; from++) {
      const start = ((Math.floor(to / second) * into + from) * second + (to % second)) * size;
      for (let place = 0; place < size; place++) data[index++] = numbers.at(start + place);
    }
  return { out, in: into, height, width, data };
}

function lastConvolution(graph: LayerGraph): OnnxNode | null {
  const open = [graph.tensor];
  const seen = new Set<OnnxNode>();
  let last: OnnxNode | null = null;
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = graph.isDependent(name) ? graph.maker(name) : null;
    if (!node || seen.has(node)) continue;
    seen.add(node);
    const isConvolution = node.domain === "" && (node.opType === "Conv" || node.opType === "ConvTranspose");
    if (isConvolution && (!last || graph.orderOf(node) > graph.orderOf(last))) last = node;
    open.push(...node.inputs);
  }
  return last;
}

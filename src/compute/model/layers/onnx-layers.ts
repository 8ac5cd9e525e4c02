import type { ModelLayer } from "../model-layer.ts";
import type { OnnxModel, OnnxNode } from "../onnx/onnx-model.ts";
import { typeName } from "../onnx/tensor-size.ts";
import { integersOf } from "./attribute-values.ts";
import { channelAxes } from "./channel-axes.ts";
import { ConstantSources } from "./constant-sources.ts";
import { countMultiplyAdds } from "./count-multiply-adds.ts";
import { countParameters } from "./count-parameters.ts";
import { dependentTensors, takenBy } from "./dependent-tensors.ts";
import { nameLayers } from "./name-layers.ts";
import { tensorTypes } from "./output-types.ts";
import { TensorShapes } from "./tensor-shapes.ts";

const WINDOWED = /Conv|Pool$/;

/**
 * The layer table of an ONNX graph: its operators but for those whose answer is the same for all inputs of one shape
 * (constants and the arithmetic of shapes), in the order in which they run.
 *
 * @param shapes - Dimensions of tensors as a run with one picture (or the file's own batch) answered with them; without
 * one, a shape is what the file notes or unknown.
 */
export function onnxLayers(
  model: OnnxModel,
  shapes: ReadonlyMap<string, readonly number[]> = new Map(),
): readonly ModelLayer[] {
  const { graph } = model;
  const dependent = dependentTensors(graph);
  const nodes = graph.nodes.filter(({ outputs }) => outputs.some((name) => dependent.has(name)));
  const places = nameLayers(nodes);
  const makers = new Map<string, string>();
  for (const [at, node] of nodes.entries()) for (const name of node.outputs) makers.set(name, places[at]?.name ?? "");

  const sources = new ConstantSources(graph, dependent);
  const known = new TensorShapes(graph, shapes);
  const types = tensorTypes(graph);
  const axes = channelAxes(graph, dependent);
  const local = new Set((model.functions ?? []).map(({ domain, name }) => `${domain}:${name}`));
  const dimsOf = (name: string | undefined) =>
    name ? (known.counted(name) ?? sources.weight(name)?.dims ?? null) : null;

  return nodes.map((node, at): ModelLayer => {
    const outputs = node.outputs.filter((name) => name !== "");
    const parameters = countParameters(node, sources);
    const products = countMultiplyAdds(node, dimsOf, local.has(`${node.domain}:${node.opType}`));
    return {
      name: places[at]?.name ?? "",
      type: node.opType,
      module: places[at]?.module ?? "",
      outputs: outputs.map((tensor) => ({
        tensor,
        channels: axes.get(tensor) ?? null,
        shape: known.shown(tensor),
      })),
      inbound: [...new Set(takenBy(node).flatMap((name) => makers.get(name) ?? []))],
      parameters,
      trainable: parameters,
      multiplyAdds: products === null ? null : Math.round(products / known.pictures),
      dtype: typeName(types.get(outputs[0] ?? "") ?? 0),
      kernel: WINDOWED.test(node.opType) ? kernelOf(node, sources) : null,
      stride: WINDOWED.test(node.opType) ? strideOf(node, sources) : null,
    };
  });
}

/** Given, or what the weights' dimensions say; null for what pools all there is. */
function kernelOf(node: OnnxNode, sources: ConstantSources): readonly number[] | null {
  const given = integersOf(node, "kernel_shape");
  if (given) return given;
  const weight = sources.weight(node.inputs[node.opType === "QLinearConv" ? 3 : 1]);
  return node.opType.includes("Conv") && weight ? weight.dims.slice(2) : null;
}

function strideOf(node: OnnxNode, sources: ConstantSources): readonly number[] | null {
  return integersOf(node, "strides") ?? kernelOf(node, sources)?.map(() => 1) ?? null;
}

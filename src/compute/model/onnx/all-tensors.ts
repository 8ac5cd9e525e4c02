import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, TensorBytes } from "./onnx-model.ts";

/** A tensor whose numbers lie in another file. */
export type TensorBeside = OnnxTensor & { readonly data: Extract<TensorBytes, { kind: "beside" }> };

/** Every tensor that a model keeps: initializers, those in attributes, those of graphs inside operators and functions. */
export function* allTensors(model: OnnxModel): Generator<OnnxTensor> {
  yield* tensorsOfGraph(model.graph);
  for (const { nodes } of model.functions ?? []) yield* tensorsOfNodes(nodes);
}

/** Those that lie in files beside the model. */
export function tensorsBeside(model: OnnxModel): readonly TensorBeside[] {
  const found: TensorBeside[] = [];
  for (const tensor of allTensors(model))
    if (tensor.data.kind === "beside") found.push({ ...tensor, data: tensor.data });
  return found;
}

function* tensorsOfGraph(graph: OnnxGraph): Generator<OnnxTensor> {
  yield* graph.initializers;
  yield* tensorsOfNodes(graph.nodes);
}

function* tensorsOfNodes(nodes: readonly OnnxNode[]): Generator<OnnxTensor> {
  for (const { attributes } of nodes)
    for (const attribute of attributes.values())
      if (attribute.kind === "tensor") yield attribute.tensor;
      else if (attribute.kind === "graph") yield* tensorsOfGraph(attribute.graph);
}

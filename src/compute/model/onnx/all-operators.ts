import type { OnnxGraph, OnnxModel, OnnxNode } from "./onnx-model.ts";

/** Every operator of a model: of the graph, of graphs inside operators, of local functions. */
export function* allOperators(model: OnnxModel): Generator<OnnxNode> {
  yield* operatorsOf(model.graph);
  for (const { nodes } of model.functions ?? []) for (const node of nodes) yield* withThoseInside(node);
}

function* operatorsOf(graph: OnnxGraph): Generator<OnnxNode> {
  for (const node of graph.nodes) yield* withThoseInside(node);
}

/** An operator, and those of the graphs inside it. */
export function* withThoseInside(node: OnnxNode): Generator<OnnxNode> {
  yield node;
  for (const attribute of node.attributes.values()) if (attribute.kind === "graph") yield* operatorsOf(attribute.graph);
}

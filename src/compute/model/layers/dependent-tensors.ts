import type { OnnxGraph, OnnxNode } from "../onnx/onnx-model.ts";

/** Their answers tell of a tensor's shape, nothing of the numbers in it. */
const SHAPE_ALONE = new Set(["Shape", "Size", "EyeLike", "RandomNormalLike", "RandomUniformLike"]);

/**
 * Names of the tensors whose numbers change with the numbers of the graph's inputs. What is made of constants, or of
 * the shape of an input alone, is not among them.
 */
export function dependentTensors(graph: OnnxGraph): ReadonlySet<string> {
  const dependent = new Set(graph.inputs.map(({ name }) => name));
  for (const node of graph.nodes)
    if (!SHAPE_ALONE.has(node.opType) && takenBy(node).some((name) => dependent.has(name)))
      for (const name of node.outputs) if (name !== "") dependent.add(name);
  return dependent;
}

/** Names of all tensors that an operator takes, those included that a graph inside it takes from outside. */
export function takenBy(node: OnnxNode): readonly string[] {
  const inside = [...node.attributes.values()].flatMap((attribute) =>
    attribute.kind === "graph" ? takenFromOutside(attribute.graph) : [],
  );
  return node.inputs.concat(inside).filter((name) => name !== "");
}

function takenFromOutside(graph: OnnxGraph): readonly string[] {
  const inside = new Set([...graph.inputs, ...graph.initializers].map(({ name }) => name));
  const taken: string[] = [];
  for (const node of graph.nodes) {
    for (const name of takenBy(node)) if (!inside.has(name)) taken.push(name);
    for (const name of node.outputs) inside.add(name);
  }
  return taken.concat(graph.outputs.map(({ name }) => name).filter((name) => !inside.has(name)));
}

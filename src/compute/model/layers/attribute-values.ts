import type { OnnxNode } from "../onnx/onnx-model.ts";

/** An attribute that is one number, or what it is where the node leaves it out. */
export function numberOf<Default>(node: OnnxNode, name: string, otherwise: Default): number | Default {
  const attribute = node.attributes.get(name);
  return attribute?.kind === "int" || attribute?.kind === "float" ? attribute.value : otherwise;
}

/** An attribute that is a list of whole numbers; null where the node leaves it out. */
export function integersOf(node: OnnxNode, name: string): readonly number[] | null {
  const attribute = node.attributes.get(name);
  return attribute?.kind === "ints" ? attribute.values : null;
}

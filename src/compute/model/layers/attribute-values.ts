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

export function textOf(node: OnnxNode, name: string, otherwise: string): string {
  const attribute = node.attributes.get(name);
  return attribute?.kind === "string" ? attribute.value : otherwise;
}

/** The attribute `axis`, counted from the front. */
export function axisOf(node: OnnxNode, otherwise: number, rank: number): number {
  return fromFront(numberOf(node, "axis", otherwise), rank);
}

export function fromFront(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

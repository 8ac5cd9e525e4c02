import { integersOf, numberOf } from "../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../model/onnx/onnx-model.ts";

/** What is known of a graph's tensors besides their names. */
export interface TensorFacts {
  /** Opset of ONNX' own operators. */
  readonly opset: number;
  /** null where they aren't known. */
  dims(tensor: string | undefined): readonly (number | null)[] | null;
  isConstant(tensor: string | undefined): boolean;
  /** The numbers of a constant; null for what depends on the picture, or can't be read. */
  constant(tensor: string | undefined): readonly number[] | null;
}

/** A setting that newer opsets have as an input and older ones as an attribute. */
export function listOf(node: OnnxNode, name: string, input: number, facts: TensorFacts): readonly number[] | null {
  return integersOf(node, name) ?? facts.constant(node.inputs[input]);
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

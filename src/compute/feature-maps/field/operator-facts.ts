import { integersOf } from "../../model/layers/attribute-values.ts";
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

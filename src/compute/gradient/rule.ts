import { ComputeError } from "../errors.ts";
import type { OnnxNode } from "../model/onnx/onnx-model.ts";
import type { Backward } from "./backward.ts";

/** Adds what an operator's inputs get of the gradient of its outputs. */
export type GradientRule = (node: OnnxNode, back: Backward) => void;

/** By ONNX' names of its own operators. */
export type GradientRules = Readonly<Record<string, GradientRule>>;

/** Of operators whose answers are steps, counts or shapes: what they stand on gets nothing, as in PyTorch. */
export const passesNothing: GradientRule = () => undefined;

/**
 * The error of a rule that does not know a form of its operator.
 *
 * @param form - What is not known of it, "with indices that depend on the picture".
 */
export function unknownForm(node: OnnxNode, form: string): ComputeError {
  return new ComputeError(
    "input",
    `No gradient is known of ${operatorWords(node)} ${form}.`,
    "Export the model with other operators there, or differentiate with respect to a layer behind it.",
  );
}

/** "Conv at the node "conv1"", "Gelu (com.microsoft)". */
export function operatorWords({ opType, domain, name }: OnnxNode): string {
  const operator = domain === "" ? opType : `${opType} (${domain})`;
  return name === "" ? operator : `${operator} at the node "${name}"`;
}

import type { OnnxGraph, OnnxNode } from "../model/onnx/onnx-model.ts";

/** Where a model's answer comes from. */
export interface ModelHead {
  /** What goes into the final activation; the answer itself where there is none. */
  readonly logits: string;
  /** The answer, where it is an activation's; null for a model that answers with logits. */
  readonly probabilities: string | null;
  /** The final activation. */
  readonly activation: OnnxNode | null;
}

const ACTIVATIONS = new Set(["Softmax", "LogSoftmax", "Sigmoid"]);
/** They leave numbers as they are, in their order. */
const HAND_ON = new Set(["Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Dropout"]);

/**
 * The final Softmax, LogSoftmax or Sigmoid of a graph, also behind operators that hand its numbers on.
 *
 * @param output - The graph's answer.
 */
export function findHead({ nodes }: Pick<OnnxGraph, "nodes">, output: string): ModelHead {
  const makers = new Map<string, OnnxNode>();
  for (const node of nodes) for (const made of node.outputs) makers.set(made, node);
  let node = makers.get(output);
  while (node?.domain === "" && HAND_ON.has(node.opType)) node = makers.get(node.inputs[0] ?? "");
  const [logits] = node?.inputs ?? [];
  if (node?.domain !== "" || !ACTIVATIONS.has(node.opType) || !logits)
    return { logits: output, probabilities: null, activation: null };
  return { logits, probabilities: output, activation: node };
}

import type { OnnxNode } from "../../model/onnx/onnx-model.ts";
import type { Backward } from "../backward.ts";
import type { GradientRule } from "../rule.ts";

/** What the gradient of an operator's first input is written of. */
export interface FirstInput {
  readonly node: OnnxNode;
  readonly back: Backward;
  /** Of the answer. */
  readonly gradient: string;
  /** Names of the input, */
  readonly data: string;
  /** and of the answer, the first one where there are several. */
  readonly output: string;
}

/**
 * The rule of an operator of which the first input alone gets a gradient, and all of it at once.
 *
 * @param write - Adds it, of the input's dimensions; asked where it is needed.
 */
export function atFirstInput(write: (of: FirstInput) => string): GradientRule {
  return (node, back) => {
    const [data = ""] = node.inputs;
    const [output = ""] = node.outputs;
    const gradient = back.needs(data) ? back.gradientOf(output) : null;
    if (gradient !== null) back.give(data, write({ node, back, gradient, data, output }));
  };
}

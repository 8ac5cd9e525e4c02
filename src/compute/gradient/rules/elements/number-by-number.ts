import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import type { GradientRule } from "../../rule.ts";
import { atFirstInput } from "../at-first-input.ts";

/** What the derivative of an operator of one input is written of; all tensors in single precision. */
export interface Place {
  readonly node: OnnxNode;
  readonly back: Backward;
  /** The gradient of the answer. */
  readonly dy: string;
  /** What the operator took. */
  readonly x: string;
  /** What it answered with. */
  readonly y: string;
}

/**
 * The rule of an operator that answers every number with one, whatever the others are.
 *
 * @param write - Adds what its input gets, of the input's dimensions.
 */
export function numberByNumber(write: (place: Place) => string): GradientRule {
  return atFirstInput(({ node, back, gradient, data, output }) =>
    write({ node, back, dy: gradient, x: back.read(data), y: back.read(output) }),
  );
}

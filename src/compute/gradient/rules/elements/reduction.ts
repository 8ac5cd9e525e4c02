import { fromFront, integersOf, numberOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import { reshapeTo } from "../../emit/shape.ts";
import type { GradientRule } from "../../rule.ts";
import { atFirstInput } from "../at-first-input.ts";

/** What the derivative of a reduction is written of; all tensors in single precision. */
export interface Reduced {
  readonly back: Backward;
  /** The gradient of the answer, with axes of length 1 where the reduction went. */
  readonly dy: string;
  /** The answer, with the same. */
  readonly y: string;
  readonly x: string;
  /** Of `x`. */
  readonly dims: readonly number[];
  /** Those that were reduced, counted from the front. */
  readonly axes: readonly number[];
}

/**
 * The rule of a reduction, in every opset's form.
 *
 * @param write - Adds what its input gets, of the input's dimensions.
 */
export function reduction(write: (reduced: Reduced) => string): GradientRule {
  return atFirstInput(({ node, back, gradient, data, output }) => {
    const dims = back.shape(data);
    const axes = reducedAxes(node, back);
    const kept = dims.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const isKept = back.shape(output).length === dims.length;
    const keep = (tensor: string) => (isKept ? tensor : reshapeTo(back, tensor, kept));
    return write({ back, dy: keep(gradient), y: keep(back.read(output)), x: back.read(data), dims, axes });
  });
}

/** Where there are none, each number is reduced by itself, as the engine has it: to its square, say. */
function reducedAxes(node: OnnxNode, back: Backward): readonly number[] {
  const [data = "", axes = ""] = node.inputs;
  const rank = back.shape(data).length;
  const named = integersOf(node, "axes") ?? (axes === "" ? [] : back.constant(axes));
  if (named.length > 0) return named.map((axis) => fromFront(axis, rank));
  return numberOf(node, "noop_with_empty_axes", 0) === 0 ? Array.from({ length: rank }, (_, axis) => axis) : [];
}

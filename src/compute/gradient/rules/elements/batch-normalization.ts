import { numberOf } from "../../../model/layers/attribute-values.ts";
import type { Backward } from "../../backward.ts";
import { over, plus, times } from "../../emit/arithmetic.ts";
import { reshapeTo } from "../../emit/shape.ts";
import { type GradientRule, unknownForm } from "../../rule.ts";

/** BatchNormalization as it is when a network is used: scale / sqrt(variance + epsilon), a number a channel. */
export const batchNormalization: GradientRule = (node, back) => {
  const [input = "", ...settings] = node.inputs;
  const dy = back.gradientOf(node.outputs[0] ?? "");
  if (dy === null) return;
  if (numberOf(node, "training_mode", 0) !== 0) throw unknownForm(node, "in training mode");
  if (settings.some((each) => back.needs(each))) throw unknownForm(node, "with settings that change with the picture");
  const [scale = "", , , variance = ""] = settings;
  const dims = back.shape(input).map((size, axis) => (axis === 1 ? size : 1));
  back.give(input, times(back, dy, factorOf(back, scale, variance, numberOf(node, "epsilon", 1e-5), dims)));
};

function factorOf(back: Backward, scale: string, variance: string, epsilon: number, dims: readonly number[]): string {
  if (!back.isConstant(scale) || !back.isConstant(variance)) {
    const deviation = back.emit("Sqrt", [plus(back, back.read(variance), back.number(epsilon))]);
    return reshapeTo(back, over(back, back.read(scale), deviation), dims);
  }
  const variances = back.constant(variance);
  const factors = back.constant(scale).map((each, channel) => each / Math.sqrt((variances[channel] ?? 0) + epsilon));
  return back.floats(dims, factors);
}

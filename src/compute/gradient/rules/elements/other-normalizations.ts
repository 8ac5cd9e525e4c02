import { axisOf, integersOf, numberOf } from "../../../model/layers/attribute-values.ts";
import { minus, over, plus, times } from "../../emit/arithmetic.ts";
import { signOf } from "../../emit/comparison.ts";
import { reduced, reduceMean, reduceSum, unbroadcast } from "../../emit/reduction.ts";
import type { GradientRule } from "../../rule.ts";
import { numberByNumber } from "./number-by-number.ts";
import { overPositive } from "./reductions.ts";
import { standardise, throughStandardised } from "./standardise.ts";

/** The standard adds 1e-9 to the deviation: nothing, but where that is 0. */
const LEAST_VARIANCE = 1e-18;

/** MeanVarianceNormalization. */
export const meanVarianceNormalization = numberByNumber(({ node, back, dy, x }) => {
  const axes = integersOf(node, "axes") ?? [0, 2, 3];
  return throughStandardised(back, standardise(back, x, back.shape(node.inputs[0] ?? ""), axes, LEAST_VARIANCE), dy);
});

/** LpNormalization, y = x / |x| of the norm of order 1 or 2: (dy - the norm's own slope times the sum of y dy) / |x|. */
export const lpNormalization = numberByNumber(({ node, back, dy, x, y }) => {
  const axes = [axisOf(node, -1, back.shape(node.inputs[0] ?? "").length)];
  const isEuclidean = numberOf(node, "p", 2) === 2;
  const norm = isEuclidean ? reduced(back, "ReduceL2", x, axes) : reduceSum(back, back.emit("Abs", [x]), axes);
  const along = times(back, isEuclidean ? y : signOf(back, x), reduceSum(back, times(back, dy, y), axes));
  return overPositive(back, minus(back, dy, along), norm);
});

/** RMSNormalization (Zhang and Sennrich, 2019), y = x r with r = 1 / sqrt(mean square + epsilon). */
export const rmsNormalization: GradientRule = (node, back) => {
  const [input = "", scale = ""] = node.inputs;
  const dy = back.gradientOf(node.outputs[0] ?? "");
  if (dy === null) return;
  const dims = back.shape(input);
  const axes = dims.map((_, axis) => axis).slice(axisOf(node, -1, dims.length));
  const x = back.read(input);
  const square = plus(back, reduceMean(back, times(back, x, x), axes), back.number(numberOf(node, "epsilon", 1e-5)));
  const root = back.emit("Sqrt", [square]);
  if (back.needs(input)) {
    const gradient = times(back, dy, back.read(scale));
    const along = times(back, x, over(back, reduceMean(back, times(back, gradient, x), axes), square));
    back.give(input, over(back, minus(back, gradient, along), root));
  }
  if (back.needs(scale))
    back.give(scale, unbroadcast(back, times(back, dy, over(back, x, root)), dims, back.shape(scale)));
};

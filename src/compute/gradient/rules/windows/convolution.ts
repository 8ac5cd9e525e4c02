import { numberOf } from "../../../model/layers/attribute-values.ts";
import { slidingSides } from "../../../model/layers/sliding-sides.ts";
import { reduceSum } from "../../emit/reduction.ts";
import type { GradientRule } from "../../rule.ts";
import { kernelGradient } from "./kernel-gradient.ts";
import { spreadWindows } from "./spread-windows.ts";
import { placeAxes } from "./windows.ts";

/**
 * Conv: each number of the input gets what the windows that cover it make of it, by the same weights. Kernels that are no
 * constants get their gradient too, and so does a bias.
 */
export const convolution: GradientRule = (node, back) => {
  const [data = "", kernels = "", bias = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const gradient = back.gradientOf(output);
  if (gradient === null) return;
  const [, , ...sizes] = back.shape(data);
  const [, , ...kernel] = back.shape(kernels);
  const windows = {
    sides: slidingSides(node, kernel, sizes),
    group: numberOf(node, "group", 1),
    wide: back.shape(data),
    narrow: back.shape(output),
  };
  if (back.needs(data)) back.give(data, spreadWindows(back, gradient, kernels, windows));
  if (back.needs(kernels)) back.give(kernels, kernelGradient(back, back.read(data), gradient, windows));
  if (back.needs(bias)) back.give(bias, reduceSum(back, gradient, [0, ...placeAxes(windows.narrow)], false));
};

import { numberOf } from "../../../model/layers/attribute-values.ts";
import { spreadSides } from "../../../model/layers/sliding-sides.ts";
import { slice } from "../../emit/part.ts";
import { reduceSum } from "../../emit/reduction.ts";
import type { GradientRule } from "../../rule.ts";
import { kernelGradient } from "./kernel-gradient.ts";
import { overhang, placeAxes } from "./windows.ts";

/** ConvTranspose: the convolution with the same kernels, which slides over what it makes. */
export const transposedConvolution: GradientRule = (node, back) => {
  const [data = "", kernels = "", bias = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const gradient = back.gradientOf(output);
  if (gradient === null) return;
  const [wide, narrow] = [back.shape(output), back.shape(data)];
  const [, , ...kernel] = back.shape(kernels);
  const axes = placeAxes(narrow);
  const group = numberOf(node, "group", 1);
  const sides = spreadSides(node, kernel, narrow.slice(2), wide.slice(2));
  const windows = { sides, group, wide, narrow };
  if (back.needs(data)) {
    const gathered = back.emit("Conv", [gradient, back.read(kernels)], {
      kernel_shape: kernel,
      strides: sides.map(({ stride }) => stride),
      dilations: sides.map(({ dilation }) => dilation),
      pads: [...sides.map(({ before }) => before), ...sides.map((_, axis) => Math.max(0, overhang(windows, axis)))],
      group,
    });
    // Past the last window there may be room for others, of which nothing came.
    const isLonger = sides.some(({ stride }, axis) => -overhang(windows, axis) >= stride);
    const [starts, ends] = [axes.map(() => 0), narrow.slice(2)];
    back.give(data, isLonger ? slice(back, gathered, starts, ends, axes) : gathered);
  }
  if (back.needs(kernels)) back.give(kernels, kernelGradient(back, gradient, back.read(data), windows));
  if (back.needs(bias)) back.give(bias, reduceSum(back, gradient, [0, ...axes], false));
};

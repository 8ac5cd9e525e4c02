import { numberOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import { times } from "../../emit/arithmetic.ts";
import { reshapeTo } from "../../emit/shape.ts";
import { type GradientRule, unknownForm } from "../../rule.ts";
import { standardise, throughStandardised } from "./standardise.ts";

/** Opset from which GroupNormalization scales channels; before it, groups. */
const SCALES_CHANNELS = 21;

/** InstanceNormalization (Ulyanov et al., 2016): a group is a channel. */
export const instanceNormalization: GradientRule = (node, back) => {
  const channels = back.shape(node.inputs[0] ?? "")[1] ?? 1;
  normalizeGroups(node, back, channels, channels);
};

/** GroupNormalization (Wu and He, 2018). */
export const groupNormalization: GradientRule = (node, back) => {
  const channels = back.shape(node.inputs[0] ?? "")[1] ?? 1;
  const groups = numberOf(node, "num_groups", 1);
  normalizeGroups(node, back, groups, back.opset < SCALES_CHANNELS ? groups : channels);
};

/** @param scales - How many numbers scale and bias have: a group's, or a channel's. */
function normalizeGroups(node: OnnxNode, back: Backward, groups: number, scales: number): void {
  const [input = "", scale = "", bias = ""] = node.inputs;
  const dy = back.gradientOf(node.outputs[0] ?? "");
  if (dy === null) return;
  if (back.needs(scale) || back.needs(bias)) throw unknownForm(node, "with a scale that changes with the picture");
  const [batch = 1, channels = 1, ...places] = back.shape(input);
  const size = (channels / groups) * places.reduce((product, length) => product * length, 1);
  const dims = [batch, groups, size];
  const grouped = (tensor: string) => reshapeTo(back, tensor, dims);
  const standardised = standardise(back, grouped(back.read(input)), dims, [2], numberOf(node, "epsilon", 1e-5));
  const factor = back.read(scale);
  const gradient =
    scales === groups
      ? throughStandardised(back, standardised, grouped(dy), reshapeTo(back, factor, [1, groups, 1]))
      : throughStandardised(
          back,
          standardised,
          grouped(times(back, dy, reshapeTo(back, factor, [1, channels, ...places.map(() => 1)]))),
        );
  back.give(input, reshapeTo(back, gradient, back.shape(input)));
}

import { axisOf, numberOf } from "../../../model/layers/attribute-values.ts";
import { times } from "../../emit/arithmetic.ts";
import { unbroadcast } from "../../emit/reduction.ts";
import { type GradientRule, unknownForm } from "../../rule.ts";
import { standardise, throughStandardised } from "./standardise.ts";

/** LayerNormalization (Ba et al., 2016), of its first answer. */
export const layerNormalization: GradientRule = (node, back) => {
  const [input = "", scale = "", bias = ""] = node.inputs;
  const [output = "", ...statistics] = node.outputs;
  if (statistics.some((each) => back.gradientOf(each) !== null))
    throw unknownForm(node, "whose mean or deviation is used");
  const dy = back.gradientOf(output);
  if (dy === null) return;
  const dims = back.shape(input);
  const first = axisOf(node, -1, dims.length);
  const axes = dims.map((_, axis) => axis).slice(first);
  const standardised = standardise(back, back.read(input), dims, axes, numberOf(node, "epsilon", 1e-5));
  const isPlain = back.isConstant(scale) && back.constant(scale).every((factor) => factor === 1);
  if (back.needs(input))
    back.give(input, throughStandardised(back, standardised, isPlain ? dy : times(back, dy, back.read(scale))));
  if (back.needs(scale))
    back.give(scale, unbroadcast(back, times(back, dy, standardised.standard), dims, back.shape(scale)));
  if (bias !== "" && back.needs(bias)) back.give(bias, unbroadcast(back, dy, dims, back.shape(bias)));
};

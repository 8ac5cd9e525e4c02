import { numberOf } from "../../../model/layers/attribute-values.ts";
import { negative } from "../../emit/arithmetic.ts";
import { type GradientRule, unknownForm } from "../../rule.ts";

/** RotaryEmbedding turns pairs of numbers: the gradient is turned back, by the angles with the other sign. */
export const rotaryEmbedding: GradientRule = (node, back) => {
  const [data = "", cosines = "", sines = "", ...places] = node.inputs;
  const gradient = back.gradientOf(node.outputs[0] ?? "");
  if (gradient === null) return;
  if (back.needs(cosines) || back.needs(sines)) throw unknownForm(node, "with angles that change with the picture");
  if (!back.needs(data)) return;
  const attributes = {
    interleaved: numberOf(node, "interleaved", 0),
    num_heads: numberOf(node, "num_heads", 0),
    rotary_embedding_dim: numberOf(node, "rotary_embedding_dim", 0),
  };
  const inputs = [gradient, back.read(cosines), negative(back, back.read(sines)), ...places];
  back.give(data, back.emit("RotaryEmbedding", inputs, attributes));
};

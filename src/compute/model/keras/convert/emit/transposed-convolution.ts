import { ints } from "../graph/attributes.ts";
import { sizeOf } from "../graph/wire.ts";
import { applyActivation } from "./activations.ts";
import { answer, cannot, type Emitter, inputOf, known } from "./layer-call.ts";
import { closePicture, openPicture, sidesOf } from "./picture.ts";

/**
 * What is cut off the whole transposed convolution, (length - 1) * stride + reach long, before and after: Keras' rules
 * (`_convert_conv_transpose_padding_args_from_keras_to_jax`), to which all its backends keep. Negative: zeros are added.
 */
function cuts(reach: number, stride: number, padding: "valid" | "same", extra: number | null): [number, number] {
  if (padding === "valid") return [0, -(extra ?? Math.max(reach, stride) - reach)];
  const pad = extra === null ? stride + reach - 2 : reach + (reach % 2) - 2 + extra;
  const before = Math.min(Math.ceil(pad / 2), reach - 1);
  return [reach - 1 - before, reach - 1 - (pad - before)];
}

/** Conv1DTranspose, Conv2DTranspose, Conv3DTranspose. */
export const emitTransposedConvolution: Emitter = (call) => {
  const { graph, options, weights } = call;
  const sides = sidesOf(call);
  const picture = openPicture(call, inputOf(call), sides);
  const size = options.counts("kernel_size", sides);
  const stride = options.counts("strides", sides, 1);
  const dilation = options.counts("dilation_rate", sides, 1);
  const padding = options.word("padding", ["valid", "same"], "valid");
  const said = options.has("output_padding") ? options.integers("output_padding") : [];
  const extra = size.map((_, side) => (said.length === 1 ? said[0] : said[side]) ?? null);
  const filters = options.count("filters");
  const channels = known(call, picture.channels, "number of channels");
  const biased = options.flag("use_bias", true);
  const [kernel, bias] = weights.take([
    { name: "kernel", dims: [...size, filters, channels] },
    ...(biased ? [{ name: "bias", dims: [filters] }] : []),
  ]);
  const reach = size.map((length, side) => (length - 1) * (dilation[side] ?? 1) + 1);
  const cut = reach.map((length, side) => cuts(length, stride[side] ?? 1, padding, extra[side] ?? null));
  if (cut.some(([before]) => before < 0)) throw cannot(call, `has an output padding of ${said.join(", ")}`);
  const order = [sides + 1, sides, ...size.map((_, side) => side)];
  const inputs = [
    picture.tensor,
    kernel ? weights.tensor(kernel, { order }) : "",
    ...(bias ? [weights.tensor(bias)] : []),
  ];
  const tensor = graph.add("ConvTranspose", inputs, {
    kernel_shape: ints(size),
    strides: ints(stride),
    dilations: ints(dilation),
    pads: ints([...cut.map(([before]) => before), ...cut.map(([, after]) => Math.max(0, after))]),
    output_padding: ints(cut.map(([, after]) => Math.max(0, -after))),
  });
  const out = picture.sides.map((length, side) => {
    const [before, after] = cut[side] ?? [0, 0];
    return length === null ? null : (length - 1) * (stride[side] ?? 1) + (reach[side] ?? 1) - before - after;
  });
  const wire = closePicture(call, { ...picture, tensor, channels: filters, sides: out });
  const places = sizeOf(picture.sides);
  return answer(applyActivation(call, wire, options.config.activation), {
    kernel: size,
    stride,
    multiplyAdds: places === null ? null : places * (sizeOf(size) ?? 0) * channels * filters,
  });
};

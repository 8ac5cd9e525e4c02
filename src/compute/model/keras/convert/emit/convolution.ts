import { int } from "../graph/attributes.ts";
import { sizeOf } from "../graph/wire.ts";
import { applyActivation } from "./activations.ts";
import { answer, cannot, type Emitter, inputOf, known, type LayerCall } from "./layer-call.ts";
import { closePicture, openPicture, sidesOf } from "./picture.ts";
import { slideWindow, type Window } from "./sliding-window.ts";

function windowOf(call: LayerCall, sides: number): Window {
  const { options } = call;
  return {
    kernel: options.counts("kernel_size", sides),
    stride: options.counts("strides", sides, 1),
    dilation: options.counts("dilation_rate", sides, 1),
    padding: options.word("padding", sides === 1 ? ["valid", "same", "causal"] : ["valid", "same"], "valid"),
  };
}

/** Axes of a kernel (…sides, in, out) as ONNX has it: (out, in, …sides). */
function kernelOrder(sides: number): number[] {
  return [sides + 1, sides, ...Array.from({ length: sides }, (_, side) => side)];
}

/** Conv1D, Conv2D, Conv3D. */
export const emitConvolution: Emitter = (call) => {
  const { graph, options, weights } = call;
  const sides = sidesOf(call);
  const picture = openPicture(call, inputOf(call), sides);
  const window = windowOf(call, sides);
  const filters = options.count("filters");
  const groups = options.count("groups", 1);
  const channels = known(call, picture.channels, "number of channels");
  if (channels % groups || filters % groups) throw cannot(call, `parts ${channels} channels in ${groups} groups`);
  const biased = options.flag("use_bias", true);
  const [kernel, bias] = weights.take([
    { name: "kernel", dims: [...window.kernel, channels / groups, filters] },
    ...(biased ? [{ name: "bias", dims: [filters] }] : []),
  ]);
  const slid = slideWindow(call, picture.sides, window);
  const inputs = [
    picture.tensor,
    kernel ? weights.tensor(kernel, { order: kernelOrder(sides) }) : "",
    ...(bias ? [weights.tensor(bias)] : []),
  ];
  const tensor = graph.add("Conv", inputs, { ...slid.attributes, group: int(groups) });
  const wire = closePicture(call, { ...picture, tensor, channels: filters, sides: slid.sides });
  const places = sizeOf(slid.sides);
  const each = (sizeOf(window.kernel) ?? 0) * (channels / groups) * filters;
  return answer(applyActivation(call, wire, options.config.activation), {
    kernel: window.kernel,
    stride: window.stride,
    multiplyAdds: places === null ? null : places * each,
  });
};

/** A kernel (…sides, in, multiplier) as ONNX has it: (in * multiplier, 1, …sides), group by group. */
function depthwise(call: LayerCall, weight: Parameters<LayerCall["weights"]["tensor"]>[0], window: Window): string {
  const sides = window.kernel.length;
  const [channels = 1, multiplier = 1] = weight.dims.slice(sides);
  const order = [sides, sides + 1, ...Array.from({ length: sides }, (_, side) => side)];
  return call.weights.tensor(weight, { order, dims: [channels * multiplier, 1, ...window.kernel] });
}

/** DepthwiseConv1D, DepthwiseConv2D. */
export const emitDepthwise: Emitter = (call) => {
  const { graph, options, weights } = call;
  const sides = sidesOf(call);
  const picture = openPicture(call, inputOf(call), sides);
  const window = windowOf(call, sides);
  const channels = known(call, picture.channels, "number of channels");
  const multiplier = options.count("depth_multiplier", 1);
  const out = channels * multiplier;
  const biased = options.flag("use_bias", true);
  const [kernel, bias] = weights.take([
    { name: "kernel", dims: [...window.kernel, channels, multiplier] },
    ...(biased ? [{ name: "bias", dims: [out] }] : []),
  ]);
  const slid = slideWindow(call, picture.sides, window);
  const inputs = [
    picture.tensor,
    kernel ? depthwise(call, kernel, window) : "",
    ...(bias ? [weights.tensor(bias)] : []),
  ];
  const tensor = graph.add("Conv", inputs, { ...slid.attributes, group: int(channels) });
  const wire = closePicture(call, { ...picture, tensor, channels: out, sides: slid.sides });
  const places = sizeOf(slid.sides);
  return answer(applyActivation(call, wire, options.config.activation), {
    kernel: window.kernel,
    stride: window.stride,
    multiplyAdds: places === null ? null : places * (sizeOf(window.kernel) ?? 0) * out,
  });
};

/** SeparableConv1D, SeparableConv2D: each channel alone, then all of them at each place. */
export const emitSeparable: Emitter = (call) => {
  const { graph, options, weights } = call;
  const sides = sidesOf(call);
  const picture = openPicture(call, inputOf(call), sides);
  const window = windowOf(call, sides);
  const channels = known(call, picture.channels, "number of channels");
  const multiplier = options.count("depth_multiplier", 1);
  const filters = options.count("filters");
  const biased = options.flag("use_bias", true);
  const [deep, point, bias] = weights.take([
    { name: "depthwise_kernel", dims: [...window.kernel, channels, multiplier] },
    { name: "pointwise_kernel", dims: [...Array<number>(sides).fill(1), channels * multiplier, filters] },
    ...(biased ? [{ name: "bias", dims: [filters] }] : []),
  ]);
  const slid = slideWindow(call, picture.sides, window);
  const deeper = deep ? depthwise(call, deep, window) : "";
  const between = graph.add("Conv", [picture.tensor, deeper], { ...slid.attributes, group: int(channels) });
  const inputs = [
    between,
    point ? weights.tensor(point, { order: kernelOrder(sides) }) : "",
    ...(bias ? [weights.tensor(bias)] : []),
  ];
  const tensor = graph.add("Conv", inputs);
  const wire = closePicture(call, { ...picture, tensor, channels: filters, sides: slid.sides });
  const places = sizeOf(slid.sides);
  const each = channels * multiplier * ((sizeOf(window.kernel) ?? 0) + filters);
  return answer(applyActivation(call, wire, options.config.activation), {
    kernel: window.kernel,
    stride: window.stride,
    multiplyAdds: places === null ? null : places * each,
  });
};

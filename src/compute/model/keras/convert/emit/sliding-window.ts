import { ComputeError } from "../../../../errors.ts";
import { type Attributes, ints, text } from "../graph/attributes.ts";
import type { Shape } from "../graph/wire.ts";
import type { LayerCall } from "./layer-call.ts";

export interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: "valid" | "same" | "causal";
}

/** Where a sliding window stops: the sides of the answer, and how ONNX pads to get them. */
export function slideWindow(call: LayerCall, sides: Shape, window: Window): { sides: Shape; attributes: Attributes } {
  const reach = window.kernel.map((kernel, side) => (kernel - 1) * (window.dilation[side] ?? 1) + 1);
  const stride = (side: number) => window.stride[side] ?? 1;
  const common = { kernel_shape: ints(window.kernel), strides: ints(window.stride) };
  const dilated = window.dilation.some((step) => step > 1) ? { ...common, dilations: ints(window.dilation) } : common;
  if (window.padding === "same") {
    const out = sides.map((length, side) => (length === null ? null : Math.ceil(length / stride(side))));
    const unknown = sides.some((length, side) => length === null && stride(side) > 1);
    if (unknown) return { sides: out, attributes: { ...dilated, auto_pad: text("SAME_UPPER") } };
    const pads = sides.map((length, side) => {
      const over = stride(side) === 1 ? 0 : ((out[side] ?? 0) - 1) * stride(side) - (length ?? 0) + 1;
      return Math.max(0, over + (reach[side] ?? 1) - 1);
    });
    const before = pads.map((pad) => Math.floor(pad / 2));
    const after = pads.map((pad, side) => pad - (before[side] ?? 0));
    return { sides: out, attributes: { ...dilated, pads: ints([...before, ...after]) } };
  }
  const ahead = window.padding === "causal" ? (reach[0] ?? 1) - 1 : 0;
  const out = sides.map((length, side) => {
    if (length === null) return null;
    const steps = Math.floor((length + ahead - (reach[side] ?? 1)) / stride(side)) + 1;
    if (steps >= 1) return steps;
    throw new ComputeError(
      "input",
      `${call.layer} slides a window of ${reach[side]} over ${length} pixels.`,
      "Give larger pictures.",
    );
  });
  return { sides: out, attributes: ahead ? { ...dilated, pads: ints([ahead, 0]) } : dilated };
}

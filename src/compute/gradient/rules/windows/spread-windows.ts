import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { pad } from "../../emit/part.ts";
import { reshapeTo, transpose } from "../../emit/shape.ts";
import { overhang, reachOf, type Windows } from "./windows.ts";
import { convolveTiles, isForWinograd } from "./winograd.ts";

/**
 * The transpose of a convolution: numbers of windows, spread over what the windows cover.
 *
 * @param gradient - Of the dimensions `windows.narrow`.
 * @param kernels - The forward graph's, as Conv takes them.
 * @returns Of the dimensions `windows.wide`.
 */
export function spreadWindows(back: Backward, gradient: string, kernels: string, windows: Windows): string {
  const isDense = windows.sides.every(({ stride }) => stride === 1);
  const isWithin = windows.sides.every((side) => Math.max(side.before, side.behind) < reachOf(side));
  if (!isDense || !isWithin || !back.isConstant(kernels)) return convolveTransposed(back, gradient, kernels, windows);
  const { sides, narrow, wide } = windows;
  if (!isForWinograd(back, kernels, windows)) return convolveTurned(back, gradient, kernels, windows);
  const before = sides.map((side) => side.kernel - 1 - side.before);
  return convolveTiles(back, gradient, { kernels, isBack: true, dims: narrow, before, sizes: wide.slice(2) });
}

/**
 * With windows at every place: a convolution too, by kernels that are turned about and whose channels are exchanged. On
 * the CPU it takes 0.5 to 1 of the transposed one's time. The engine turns the kernels when it opens the graph.
 */
function convolveTurned(back: Backward, gradient: string, kernels: string, { sides, group }: Windows): string {
  return back.emit("Conv", [gradient, turned(back, kernels, group)], {
    kernel_shape: sides.map(({ kernel }) => kernel),
    dilations: sides.map(({ dilation }) => dilation),
    group,
    pads: [
      ...sides.map((side) => reachOf(side) - 1 - side.before),
      ...sides.map((side) => reachOf(side) - 1 - side.behind),
    ],
  });
}

/** Kernels from the last number to the first, made for the way back: [out, in / group, ...] becomes [in, out / group, ...]. */
function turned(back: Backward, kernels: string, group: number): string {
  const [out = 1, channels = 1, ...kernel] = back.shape(kernels);
  back.holds([out, channels, ...kernel]);
  const sides = kernel.map((_, axis) => axis);
  const each = out / group;
  const reversed = reverse(back, back.read(kernels), [out, channels, ...kernel]);
  if (group === 1) return transpose(back, reversed, [1, 0, ...sides.map((axis) => axis + 2)]);
  if (each === 1 && channels === 1) return reversed;
  const parts = reshapeTo(back, reversed, [group, each, channels, ...kernel]);
  const exchanged = transpose(back, parts, [0, 2, 1, ...sides.map((axis) => axis + 3)]);
  return reshapeTo(back, exchanged, [group * channels, each, ...kernel]);
}

/** Kernels from the last number to the first. */
function reverse(back: Backward, kernels: string, dims: readonly number[]): string {
  const [out = 1, channels = 1, ...kernel] = dims;
  const count = elementCount(kernel);
  if (count === 1) return kernels;
  const places = Array.from({ length: count }, (_, place) => count - 1 - place);
  const flat = reshapeTo(back, kernels, [out, channels, count]);
  return reshapeTo(back, back.emit("Gather", [flat, back.integers(places)], { axis: 2 }), dims);
}

function convolveTransposed(back: Backward, gradient: string, kernels: string, windows: Windows): string {
  const { sides, group, wide } = windows;
  const beyond = sides.map((_, axis) => overhang(windows, axis));
  // What no window came to; ConvTranspose adds no more than a step's rest by itself.
  const rests = sides.map(({ stride }, axis) => Math.min(stride - 1, Math.max(0, -(beyond[axis] ?? 0))));
  const missing = beyond.map((amount, axis) => Math.max(0, -amount) - (rests[axis] ?? 0));
  const spread = back.emit("ConvTranspose", [gradient, back.read(kernels)], {
    kernel_shape: sides.map(({ kernel }) => kernel),
    strides: sides.map(({ stride }) => stride),
    dilations: sides.map(({ dilation }) => dilation),
    group,
    pads: [...sides.map(({ before }) => before), ...beyond.map((amount) => Math.max(0, amount))],
    ...(rests.some((rest) => rest > 0) && { output_padding: rests }),
  });
  return pad(back, spread, [...wide.map(() => 0), 0, 0, ...missing]);
}

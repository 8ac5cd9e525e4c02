import { numberOf } from "../../../model/layers/attribute-values.ts";
import { type SlidingSide, slidingSides, spreadSides } from "../../../model/layers/sliding-sides.ts";
import type { WindowSide } from "../pixel-explanation.ts";
import { addUp, productWords, type TakeApart } from "./main-step.ts";
import { takeWindow } from "./take-window.ts";
import { coveredSide, kernelOf, MOST_SIDES } from "./window-sides.ts";

/** ONNX' Conv: the channels of a group in a window, times the weights of one channel that goes out. */
export const takeConvolution: TakeApart = (run, node, place) => {
  const operands = operandsOf(run, node, place);
  if (!operands) return null;
  const { input, weights, bias, dims, picture, channel, at } = operands;
  const [out = 1, channels = 1, ...kernel] = weights.dims;
  const group = Math.floor(channel / (out / numberOf(node, "group", 1)));
  const sliding = slidingSides(node, kernelOf(node, kernel), dims.slice(2));
  const sides = sliding.map((side, axis) => coveredSide(side, at[axis] ?? 0));
  const window = takeWindow(run, input, { picture, firstChannel: group * channels, channels, sides });
  const each = window.weights.length;
  for (let index = 0; index < each; index++) window.weights[index] = weights.at(channel * each + index);
  const added = bias ? bias.at(channel) : null;
  const sum = addUp([window]) + (added ?? 0);
  return { kind: "convolution", terms: [window], bias: added, sum, words: productWords(each, added !== null) };
};

/** ONNX' ConvTranspose: each number that goes in is spread over a window, so a pixel gathers from those that reach it. */
export const takeTransposedConvolution: TakeApart = (run, node, place) => {
  const operands = operandsOf(run, node, place);
  if (!operands) return null;
  const { input, weights, bias, dims, picture, channel, at } = operands;
  const groups = numberOf(node, "group", 1);
  const [all = 1, outOfGroup = 1, ...kernel] = weights.dims;
  const channels = all / groups;
  const group = Math.floor(channel / outOfGroup);
  const answer = run.values(node.outputs[0] ?? "").dims.slice(2);
  const sliding = spreadSides(node, kernelOf(node, kernel), dims.slice(2), answer);
  const sides = sliding.map((side, axis) => reachingSide(side, at[axis] ?? 0, dims[axis + 2] ?? 1));
  const window = takeWindow(run, input, { picture, firstChannel: group * channels, channels, sides });
  const { rows, columns } = window;
  const [vertical, horizontal] = sliding;
  const [height = 1, width = 1] = kernel;
  let index = 0;
  for (let one = 0; one < channels; one++)
    for (let row = 0; row < rows.count; row++)
      for (let column = 0; column < columns.count; column++, index++) {
        const y = spreadPlace(vertical, at[0] ?? 0, rows.first + row);
        const x = spreadPlace(horizontal, at[1] ?? 0, columns.first + column);
        if (y === null || x === null) continue;
        const filter = (group * channels + one) * outOfGroup + (channel % outOfGroup);
        window.weights[index] = weights.at((filter * height + y) * width + x);
      }
  const added = bias ? bias.at(channel) : null;
  const sum = addUp([window]) + (added ?? 0);
  const words = productWords(window.values.length, added !== null);
  return { kind: "convolution", terms: [window], bias: added, sum, words };
};

/** The places that go in whose windows reach the answer's place `at`; some between may miss it. */
function reachingSide({ kernel, stride, dilation, before }: SlidingSide, at: number, size: number): WindowSide {
  const reach = (kernel - 1) * dilation;
  const first = Math.max(0, Math.ceil((at + before - reach) / stride));
  const last = Math.min(size - 1, Math.floor((at + before) / stride));
  return { first, count: Math.max(0, last - first + 1), step: 1 };
}

/** The place of the kernel by which one that goes in reaches one that goes out; null where it misses it. */
function spreadPlace(side: SlidingSide | undefined, at: number, from: number): number | null {
  if (!side) return 0;
  const place = (at + side.before - from * side.stride) / side.dilation;
  return Number.isInteger(place) && place >= 0 && place < side.kernel ? place : null;
}

/** What both read; null where the weights or the bias are no constants, or the windows have too many sides. */
function operandsOf(...[run, node, place]: Parameters<TakeApart>) {
  const [input = "", kernels, biases] = node.inputs;
  const weights = run.constant(kernels);
  const bias = run.constant(biases);
  const { dims } = run.values(input);
  const [picture = 0, channel = 0, ...at] = place;
  if (!weights || (biases && !bias) || at.length > MOST_SIDES || at.length < 1) return null;
  return { input, weights, bias, dims, picture, channel, at };
}

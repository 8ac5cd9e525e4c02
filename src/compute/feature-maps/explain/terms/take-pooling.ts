import { countsPadding, type SlidingSide, slidingSides } from "../../../model/layers/sliding-sides.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { LayerRun } from "../layer/layer-run.ts";
import type { TakeApart } from "./main-step.ts";
import { meanValue, pickValue } from "./pick-value.ts";
import type { OpenTerms } from "./take-along.ts";
import { takeWindow } from "./take-window.ts";
import { coveredSide, kernelOf, MOST_SIDES } from "./window-sides.ts";

/** MaxPool: the highest in a window, padding left out. */
export const takeHighest: TakeApart = (run, node, place) => {
  const pooled = windowOf(run, node, place);
  return pooled && pickValue([pooled.window], "highest", "pooling");
};

/** AveragePool: the padding counts where the operator says so, what lies behind it never. */
export const takeAverage: TakeApart = (run, node, place) => {
  const pooled = windowOf(run, node, place);
  if (!pooled) return null;
  const { window, sliding, at, sizes } = pooled;
  const counted = countsPadding(node)
    ? sliding.reduce((product, side, axis) => product * countedAlong(side, at[axis] ?? 0, sizes[axis] ?? 1), 1)
    : window.padded.reduce((count, isPadded) => count + 1 - isPadded, 0);
  return meanValue(window, counted);
};

/** GlobalMaxPool and GlobalAveragePool: over all of a channel. */
export const takeGlobal: TakeApart = (run, node, place) => {
  const [input = ""] = node.inputs;
  const [, , ...sizes] = run.values(input).dims;
  if (sizes.length > MOST_SIDES || sizes.length < 1) return null;
  const sides = sizes.map((count) => ({ first: 0, count, step: 1 }));
  const window = takeWindow(run, input, { picture: place[0] ?? 0, firstChannel: place[1] ?? 0, channels: 1, sides });
  if (node.opType === "GlobalMaxPool") return pickValue([window], "highest", "pooling");
  return meanValue(window, window.values.length);
};

interface Pooled {
  readonly window: OpenTerms;
  readonly sliding: readonly SlidingSide[];
  readonly at: readonly number[];
  readonly sizes: readonly number[];
}

function windowOf(run: LayerRun, node: OnnxNode, [picture = 0, channel = 0, ...at]: readonly number[]): Pooled | null {
  const [input = ""] = node.inputs;
  const sizes = run.values(input).dims.slice(2);
  const kernel = kernelOf(node, []);
  if (kernel.length !== at.length || at.length > MOST_SIDES || at.length < 1) return null;
  const sliding = slidingSides(node, kernel, sizes);
  const sides = sliding.map((side, axis) => coveredSide(side, at[axis] ?? 0));
  return { window: takeWindow(run, input, { picture, firstChannel: channel, channels: 1, sides }), sliding, at, sizes };
}

/** Places of a window that lie in the picture or in its padding; with ceil_mode the last window may reach further. */
function countedAlong({ kernel, stride, dilation, before, behind }: SlidingSide, at: number, size: number): number {
  const start = at * stride - before;
  return Math.min(kernel, Math.ceil((size + behind - start) / dilation));
}

import { integersOf, numberOf } from "../../../model/layers/attribute-values.ts";
import { type SlidingSide, slidingSides } from "../../../model/layers/sliding-sides.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import { atFirstInput } from "../at-first-input.ts";
import { type HighestAlong, toHighest } from "./to-highest.ts";

/**
 * MaxPool: all of a window's gradient goes to its highest place, the first one in rows where several are, as in PyTorch.
 *
 * A window's highest place is found along one axis after the other: the first row that has the highest number of all, in it
 * the first column. That takes as many comparisons as the window's sides are long, not as it has places, and no operator
 * that WebGPU lacks.
 */
export const maxPool = atFirstInput(({ node, back, gradient, data, output }) => {
  const sides = slidingSides(node, integersOf(node, "kernel_shape") ?? [], back.shape(data).slice(2));
  const pooled = back.shape(output);
  const slid = sides.flatMap((side, axis) => (isOne(side) ? [] : [axis]));
  // The highest along the last axis, then of those along the one before it: the first axis' are the answer.
  const stages: HighestAlong[] = [];
  let [from, fromDims] = [back.read(data), back.shape(data)];
  for (const axis of slid.toReversed()) {
    const side = sides[axis];
    if (!side) continue;
    const toDims = fromDims.with(axis + 2, pooled[axis + 2] ?? 1);
    const to = axis === slid[0] ? back.read(output) : highestAlong(back, node, from, axis, sides);
    stages.push({ axis: axis + 2, side, from, fromDims, to, toDims });
    [from, fromDims] = [to, toDims];
  }
  return stages.toReversed().reduce((given, stage) => toHighest(back, given, stage), gradient);
});

function isOne({ kernel, stride, before, behind }: SlidingSide): boolean {
  return kernel === 1 && stride === 1 && before === 0 && behind === 0;
}

/** The same pool along one axis alone. */
function highestAlong(
  back: Backward,
  node: OnnxNode,
  from: string,
  along: number,
  sides: readonly SlidingSide[],
): string {
  const only = (value: number, otherwise: number) => sides.map((_, axis) => (axis === along ? value : otherwise));
  const side = sides[along];
  if (!side) return from;
  const dilations = only(side.dilation, 1);
  const isCeiled = numberOf(node, "ceil_mode", 0) !== 0;
  return back.emit("MaxPool", [from], {
    kernel_shape: only(side.kernel, 1),
    strides: only(side.stride, 1),
    pads: [...only(side.before, 0), ...only(side.behind, 0)],
    ...(side.dilation > 1 && { dilations }),
    ...(isCeiled && { ceil_mode: 1 }),
  });
}

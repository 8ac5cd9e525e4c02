import { axisOf, fromFront, numberOf, textOf } from "../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../model/onnx/onnx-model.ts";
import { listOf, type TensorFacts } from "./operator-facts.ts";
import { resizeWindow } from "./resize-windows.ts";
import { SAME_PLACE, type Window, windowAround } from "./windows.ts";

type WindowMaker = (node: OnnxNode, axis: number, rank: number, facts: TensorFacts) => Window | null;

/** What operators that give places another number read along an axis; null where that is not known. */
export const SHIFTS: Readonly<Record<string, WindowMaker>> = {
  Pad: padWindow,
  Slice: sliceWindow,
  Gather: gatherWindow,
  Resize: (node, axis, _, facts) => resizeWindow(node, axis, facts),
  Upsample: (node, axis, _, facts) => resizeWindow(node, axis, facts),
  Concat: (node, axis, rank) => (axisOf(node, 1, rank) === axis ? null : SAME_PLACE),
  Split: (node, axis, rank) => (axisOf(node, 0, rank) === axis ? null : SAME_PLACE),
  DepthToSpace: (node) => {
    const step = 1 / numberOf(node, "blocksize", 1);
    return { start: step - 1, step, size: 2 - step };
  },
  SpaceToDepth: (node) => {
    const size = numberOf(node, "blocksize", 1);
    return { start: 0, step: size, size };
  },
};

/** Mirrored pixels lie up to twice the padding from where they are put, repeated ones as far as the padding. */
function padWindow(node: OnnxNode, axis: number, rank: number, facts: TensorFacts): Window | null {
  const padding = paddingAlong(node, axis, rank, facts);
  const mode = textOf(node, "mode", "constant");
  if (!padding || !["constant", "reflect", "edge"].includes(mode)) return null;
  const { least, most, widest } = padding;
  const reach = mode === "constant" ? 0 : mode === "edge" ? widest : 2 * widest;
  return { start: -most - reach, step: 1, size: 1 + most - least + 2 * reach };
}

interface Padding {
  /** Places before the first: between these. */
  readonly least: number;
  readonly most: number;
  /** At either end. */
  readonly widest: number;
}

function paddingAlong(node: OnnxNode, axis: number, rank: number, facts: TensorFacts): Padding | null {
  const pads = listOf(node, "pads", 1, facts);
  const axes = node.inputs[3] ? facts.constant(node.inputs[3]) : Array.from({ length: rank }, (_, each) => each);
  if (pads && axes) {
    const at = axes.findIndex((each) => fromFront(each, rank) === axis);
    const [before, after] = at < 0 ? [0, 0] : [pads[at] ?? 0, pads[at + axes.length] ?? 0];
    return { least: before, most: before, widest: Math.max(0, before, after) };
  }
  // Older exporters work the padding out in the graph: both ends together are what the answer is longer by.
  const [from, to] = [facts.dims(node.inputs[0])?.[axis], facts.dims(node.outputs[0])?.[axis]];
  if (!from || !to || to < from) return null;
  return { least: 0, most: to - from, widest: to - from };
}

function sliceWindow(node: OnnxNode, axis: number, rank: number, facts: TensorFacts): Window | null {
  const starts = listOf(node, "starts", 1, facts);
  const axes = listOf(node, "axes", 3, facts) ?? (node.inputs[3] ? null : starts?.map((_, at) => at));
  const steps = node.inputs[4] ? facts.constant(node.inputs[4]) : [];
  if (!starts || !axes || !steps) return null;
  const at = axes.findIndex((each) => fromFront(each, rank) === axis);
  if (at < 0) return SAME_PLACE;
  const step = steps[at] ?? 1;
  const start = starts[at] ?? 0;
  const length = facts.dims(node.inputs[0])?.[axis] ?? null;
  if (length === null) return start >= 0 && step > 0 ? { start, step, size: 1 } : null;
  const first = Math.max(0, Math.min(fromFront(start, length), step < 0 ? length - 1 : length));
  return { start: first, step, size: 1 };
}

function gatherWindow(node: OnnxNode, axis: number, rank: number, facts: TensorFacts): Window | null {
  const indices = facts.constant(node.inputs[1]);
  if (!indices || facts.dims(node.inputs[1])?.length !== 1) return null;
  if (axisOf(node, 0, rank) !== axis) return SAME_PLACE;
  const length = facts.dims(node.inputs[0])?.[axis] ?? null;
  if (length === null && indices.some((index) => index < 0)) return null;
  return windowAround(indices.map((index) => [fromFront(index, length ?? 0), fromFront(index, length ?? 0)]));
}

import { fromFront, integersOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import { pad } from "../../emit/part.ts";
import type { GradientRule } from "../../rule.ts";
import { addRows, withLength } from "./add-rows.ts";

/** Opset from which starts, ends, axes and steps are inputs. */
const INPUTS_SINCE = 10;

/** Slice: the gradient of what was cut out, with zeros around it and in the place of what was stepped over. */
export const slice: GradientRule = (node, back) => {
  const [data = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const gradient = back.gradientOf(output);
  if (gradient === null || !back.needs(data)) return;
  const whole = back.shape(data);
  let dims = back.shape(output);
  let spread = gradient;
  const starts = whole.map(() => 0);
  for (const { axis, start, step } of cutsOf(node, back, whole)) {
    if (step === 1) starts[axis] = start;
    else {
      const length = whole[axis] ?? 0;
      const rows = Array.from({ length: dims[axis] ?? 0 }, (_, k) => start + k * step);
      spread = addRows(back, spread, { dims, axis, rows, length });
      dims = withLength(dims, axis, length);
    }
  }
  const cut = whole.flatMap((dim, axis) => (dim === dims[axis] ? [] : [axis]));
  const [axis = 0] = cut;
  if (cut.length === 1)
    back.givePart(data, { gradient: spread, axis, start: starts[axis] ?? 0, length: dims[axis] ?? 0 });
  else {
    const after = whole.map((dim, at) => dim - (starts[at] ?? 0) - (dims[at] ?? 0));
    back.give(data, pad(back, spread, [...starts, ...after]));
  }
};

/** Where each axis that is cut begins, a place of the tensor, and how it goes on. */
function cutsOf(node: OnnxNode, back: Backward, whole: readonly number[]) {
  const { starts, axes, steps } = settingsOf(node, back);
  return starts.map((begin, at) => {
    const axis = fromFront(axes?.[at] ?? at, whole.length);
    const dim = whole[axis] ?? 0;
    const step = steps?.[at] ?? 1;
    return { axis, step, start: Math.max(0, Math.min(fromFront(begin, dim), step < 0 ? dim - 1 : dim)) };
  });
}

function settingsOf(node: OnnxNode, back: Backward) {
  if (back.opset < INPUTS_SINCE)
    return { starts: integersOf(node, "starts") ?? [], axes: integersOf(node, "axes"), steps: null };
  const [, starts = "", , axes = "", steps = ""] = node.inputs;
  const numbers = (name: string) => (name === "" ? null : back.constant(name));
  return { starts: back.constant(starts), axes: numbers(axes), steps: numbers(steps) };
}

import { ComputeError } from "../../../../errors.ts";
import { ints } from "../graph/attributes.ts";
import { axisInGraph, describeShape, type Shape, sizeOf, type Wire } from "../graph/wire.ts";
import { answer, anyInput, type Emitter, type LayerCall } from "./layer-call.ts";
import { sidesOf } from "./picture.ts";

/** A tensor in other dimensions behind the batch; one may be -1, the rest. */
export function reshape(call: LayerCall, given: Wire, target: readonly number[]): Wire {
  const { graph } = call;
  const size = sizeOf(given.shape.slice(1));
  const fixed = target.filter((dim) => dim !== -1).reduce((product, dim) => product * dim, 1);
  const fits = size === null || (target.includes(-1) ? fixed > 0 && size % fixed === 0 : size === fixed);
  if (!fits || target.filter((dim) => dim < 0).length > 1)
    throw new ComputeError(
      "input",
      `${call.layer} makes ${describeShape(target)} of ${describeShape(given.shape.slice(1))}.`,
      "Save the model again with the Keras that made it.",
    );
  const shape: Shape = [
    given.shape[0] ?? null,
    ...target.map((dim) => (dim === -1 ? (size === null ? null : size / fixed) : dim)),
  ];
  // Features of single pixels need no turning: the next convolution finds them channels first.
  const pixel = (dims: Shape) => dims.slice(1, -1).every((dim) => dim === 1);
  if (target.length >= 2 && pixel(shape) && pixel(given.shape) && shape.at(-1) === given.shape.at(-1)) {
    const tensor = graph.add("Reshape", [
      given.tensor,
      graph.integers([0, shape.at(-1) ?? -1, ...target.slice(0, -1)]),
    ]);
    return { ...given, tensor, shape, moved: true };
  }
  const wire = pixel(given.shape) && target.length === 1 ? given : call.layouts.channelsLast(given);
  const tensor = graph.add("Reshape", [wire.tensor, graph.integers([0, ...target])]);
  return { ...wire, tensor, shape, moved: false };
}

/** The tensor with its axes in another order, batch included. */
export function transpose(call: LayerCall, given: Wire, order: readonly number[]): Wire {
  const wire = call.layouts.channelsLast(given);
  const tensor = call.graph.add("Transpose", [wire.tensor], { perm: ints(order) });
  return { ...wire, tensor, shape: order.map((axis) => wire.shape[axis] ?? null) };
}

export const emitFlatten: Emitter = (call) => {
  const given = anyInput(call);
  if (given.shape.length === 1) {
    const tensor = call.graph.add("Unsqueeze", [given.tensor, call.graph.integers([1])]);
    return answer({ ...given, tensor, shape: [given.shape[0] ?? null, 1] });
  }
  const rank = given.shape.length;
  // Keras flattens channels last whatever the layout: so that weights fit in both.
  const wire =
    call.options.channelsLast() || rank < 3
      ? given
      : transpose(call, given, [0, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 2), 1]);
  return answer(reshape(call, wire, [sizeOf(wire.shape.slice(1)) ?? -1]));
};

export const emitReshape: Emitter = (call) => {
  const target = call.options.integers("target_shape");
  return answer(reshape(call, anyInput(call), target));
};

export const emitPermute: Emitter = (call) =>
  answer(transpose(call, anyInput(call), [0, ...call.options.integers("dims")]));

export const emitRepeatVector: Emitter = (call) => {
  const { graph } = call;
  const wire = anyInput(call);
  const times = call.options.count("n");
  const one = graph.add("Unsqueeze", [wire.tensor, graph.integers([1])]);
  const tensor = graph.add("Tile", [one, graph.integers([1, times, 1])]);
  return answer({ ...wire, tensor, shape: [wire.shape[0] ?? null, times, wire.shape[1] ?? null] });
};

/** The axes that padding and cropping work on, by the layer's option `data_format`. */
function sideAxes(call: LayerCall, sides: number): number[] {
  const first = call.options.channelsLast() ? 1 : 2;
  return Array.from({ length: sides }, (_, side) => side + first);
}

/** ZeroPadding1D to 3D. */
export const emitZeroPadding: Emitter = (call) => {
  const { graph } = call;
  const wire = anyInput(call);
  const sides = sidesOf(call);
  const pairs = call.options.pairs("padding", sides, 1);
  const rank = wire.shape.length;
  const pads = Array<number>(rank * 2).fill(0);
  const shape = [...wire.shape];
  for (const [side, axis] of sideAxes(call, sides).entries()) {
    const [before, after] = pairs[side] ?? [0, 0];
    pads[axisInGraph(wire, axis)] = before;
    pads[axisInGraph(wire, axis) + rank] = after;
    const length = shape[axis];
    if (typeof length === "number") shape[axis] = length + before + after;
  }
  return answer({ ...wire, shape, tensor: graph.add("Pad", [wire.tensor, graph.integers(pads)]) });
};

/** Parts of some axes: from `start` up to `end`, which counts from the back where it is negative. */
export function cut(call: LayerCall, wire: Wire, parts: readonly { axis: number; start: number; end: number }[]): Wire {
  const { graph } = call;
  const inputs = [
    parts.map(({ start }) => start),
    parts.map(({ end }) => end),
    parts.map(({ axis }) => axisInGraph(wire, axis)),
  ];
  const tensor = graph.add("Slice", [wire.tensor, ...inputs.map((values) => graph.integers(values))]);
  const shape = [...wire.shape];
  for (const { axis, start, end } of parts) {
    const length = shape[axis];
    if (typeof length !== "number") continue;
    const kept = (end < 0 ? length + end : Math.min(end, length)) - start;
    if (kept < 1)
      throw new ComputeError("input", `${call.layer} cuts off all of ${length} pixels.`, "Give larger pictures.");
    shape[axis] = kept;
  }
  return { ...wire, tensor, shape };
}

/** Past the end of every axis. */
export const TO_END = 2 ** 31 - 1;

/** Cropping1D to 3D. */
export const emitCropping: Emitter = (call) => {
  const sides = sidesOf(call);
  const pairs = call.options.pairs("cropping", sides, 1);
  const parts = sideAxes(call, sides).map((axis, side) => {
    const [start, after] = pairs[side] ?? [0, 0];
    return { axis, start, end: after === 0 ? TO_END : -after };
  });
  return answer(cut(call, anyInput(call), parts));
};

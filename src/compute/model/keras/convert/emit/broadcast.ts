import { cast } from "../graph/layouts.ts";
import { axisInGraph, broadcastShapes, type Wire, type WireType } from "../graph/wire.ts";
import { isWire, type LayerCall } from "./layer-call.ts";

/** The type that arithmetic of the two answers with: single precision as soon as one of them is. */
function commonType(wires: readonly Wire[]): WireType {
  const [first] = wires;
  return first && wires.every(({ type }) => type === first.type) ? first.type : "float32";
}

/** Tensors in one layout and of one type, so that ONNX' operators of each number fit them together. */
export function alignLayouts(call: LayerCall, wires: readonly Wire[]): Wire[] {
  const type = commonType(wires);
  const rank = wires[0]?.shape.length ?? 0;
  const first = wires.some(({ moved }) => moved) && wires.every(({ shape }) => shape.length === rank);
  return wires.map((wire) => {
    const typed = cast(call.graph, wire, type);
    return first ? call.layouts.channelsFirst(typed) : call.layouts.channelsLast(typed);
  });
}

/** `opType` of two tensors, or of a tensor and a number, by NumPy's broadcasting. */
export function combine(call: LayerCall, opType: string, a: Wire | number, b: Wire | number): Wire {
  const wires = alignLayouts(call, [a, b].filter(isWire));
  const [first, second] = wires;
  if (!first)
    return {
      tensor: call.graph.add(opType, [scalar(call, a), scalar(call, b)]),
      shape: [],
      moved: false,
      type: "float32",
    };
  if (!second) {
    // A fraction turns whole numbers into single precision.
    const number = isWire(a) ? b : a;
    const whole = first.type !== "float32" && Number.isInteger(number) && opType !== "Div";
    const wire = whole ? first : cast(call.graph, first, "float32");
    const constant = call.graph.number(Number(number), wire.type);
    return { ...wire, tensor: call.graph.add(opType, isWire(a) ? [wire.tensor, constant] : [constant, wire.tensor]) };
  }
  const shape = broadcastShapes(first.shape, second.shape, call.layer);
  return { ...first, shape, tensor: call.graph.add(opType, [first.tensor, second.tensor]) };
}

function scalar(call: LayerCall, value: Wire | number): string {
  return isWire(value) ? value.tensor : call.graph.scalar(value);
}

/** The dimensions of a constant that has a value for each place of some of a tensor's axes, as it lies in the graph. */
export function dimsAlong(wire: Wire, axes: readonly number[]): number[] {
  const dims = Array<number>(wire.shape.length).fill(1);
  for (const axis of axes) dims[axisInGraph(wire, axis)] = wire.shape[axis] ?? 1;
  return dims;
}

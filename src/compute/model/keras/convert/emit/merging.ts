import { int, text } from "../graph/attributes.ts";
import { axisInGraph, axisOf, broadcastShapes, type Shape, type Wire } from "../graph/wire.ts";
import { alignLayouts, combine } from "./broadcast.ts";
import { answer, cannot, type Emitter, inputOf, type LayerCall } from "./layer-call.ts";
import { unitLength } from "./normalization.ts";

/** Keras gives tensors of fewer dimensions new ones behind the batch. */
function equalRanks(call: LayerCall, wires: readonly Wire[]): Wire[] {
  const rank = Math.max(...wires.map(({ shape }) => shape.length));
  return wires.map((wire) => {
    const missing = rank - wire.shape.length;
    if (missing === 0) return wire;
    const { tensor, shape, ...rest } = call.layouts.channelsLast(wire);
    const axes = Array.from({ length: missing }, (_, axis) => axis + 1);
    const wider: Shape = [shape[0] ?? null, ...axes.map(() => 1), ...shape.slice(1)];
    return { ...rest, shape: wider, tensor: call.graph.add("Unsqueeze", [tensor, call.graph.integers(axes)]) };
  });
}

const OPERATORS: Readonly<Record<string, string>> = {
  Add: "Add",
  Subtract: "Sub",
  Multiply: "Mul",
  Average: "Add",
  Maximum: "Max",
  Minimum: "Min",
};

/** Add, Subtract, Multiply, Average, Maximum, Minimum of any number of tensors. */
export const emitMerge: Emitter = (call) => {
  const opType = OPERATORS[call.className] ?? "Add";
  const wires = equalRanks(
    call,
    call.inputs.map((_, index) => inputOf(call, index)),
  );
  const merged = wires.slice(1).reduce((sum, wire) => combine(call, opType, sum, wire), wires[0] ?? inputOf(call));
  if (call.className !== "Average" || wires.length < 2) return answer(merged);
  return answer({ ...merged, tensor: call.graph.add("Mul", [merged.tensor, call.graph.scalar(1 / wires.length)]) });
};

/** Tensors behind each other along an axis. */
export function concatenate(call: LayerCall, inputs: readonly Wire[], asked: number): Wire {
  const wires = alignLayouts(call, inputs);
  const [first] = wires;
  if (!first || wires.some(({ shape }) => shape.length !== first.shape.length))
    throw cannot(call, "joins tensors of different ranks");
  const axis = axisOf(first.shape, asked, call.layer);
  const lengths = wires.map(({ shape }) => shape[axis] ?? null);
  const total = lengths.some((length) => length === null)
    ? null
    : lengths.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const rest = wires.map(({ shape }): Shape => shape.with(axis, 1)).reduce((a, b) => broadcastShapes(a, b, call.layer));
  if (wires.length === 1) return first;
  const tensor = call.graph.add(
    "Concat",
    wires.map((wire) => wire.tensor),
    { axis: int(axisInGraph(first, axis)) },
  );
  return { ...first, tensor, shape: rest.with(axis, total) };
}

export const emitConcatenate: Emitter = (call) =>
  answer(concatenate(call, call.inputs, call.options.integer("axis", -1)));

/** The products of two tensors over one axis of each, picture by picture. */
export const emitDot: Emitter = (call) => {
  const { graph, options } = call;
  const asked = options.integers("axes");
  const pair = [0, 1].map((index) => {
    const wire = call.layouts.channelsLast(inputOf(call, index));
    const axis = axisOf(wire.shape, asked[asked.length === 1 ? 0 : index] ?? -1, call.layer);
    return { wire: options.flag("normalize") ? unitLength(call, wire, [axis], EPSILON) : wire, axis };
  });
  const [a, b] = pair;
  if (!a || !b || a.axis === 0 || b.axis === 0) throw cannot(call, "sums over the batch");
  const letters = { a: "bcdefgh", b: "bijklmn" };
  const named = (side: { wire: Wire; axis: number }, from: string) =>
    side.wire.shape.map((_, axis) => (axis === side.axis ? "z" : (from[axis] ?? "?")));
  const first = named(a, letters.a);
  const second = named(b, letters.b);
  const kept = [...first, ...second.slice(1)].filter((letter) => letter !== "z");
  const equation = `${first.join("")},${second.join("")}->${kept.join("")}`;
  const product = graph.add("Einsum", [a.wire.tensor, b.wire.tensor], { equation: text(equation) });
  const shape = [
    ...a.wire.shape.filter((_, axis) => axis !== a.axis),
    ...b.wire.shape.filter((_, axis) => axis !== b.axis && axis > 0),
  ];
  if (shape.length > 1) return answer({ ...a.wire, tensor: product, shape });
  const tensor = graph.add("Unsqueeze", [product, graph.integers([1])]);
  return answer({ ...a.wire, tensor, shape: [...shape, 1] });
};

/** `keras.config.epsilon()`. */
const EPSILON = 1e-7;

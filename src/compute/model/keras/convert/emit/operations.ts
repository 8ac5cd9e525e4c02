import { TENSOR_TYPES } from "../../../onnx/onnx-model.ts";
import { int } from "../graph/attributes.ts";
import { cast } from "../graph/layouts.ts";
import { axisInGraph, axisOf, broadcastShapes, type Wire, type WireType } from "../graph/wire.ts";
import { LayerOptions } from "../layer-options.ts";
import { applyNamed, isActivation } from "./activations.ts";
import { combine } from "./broadcast.ts";
import { getItem } from "./get-item.ts";
import { answer, anyInput, cannot, type Emitter, inputOf, isWire, type LayerCall } from "./layer-call.ts";
import { concatenate, emitMerge } from "./merging.ts";
import { emitReshape, reshape, transpose } from "./reshaping.ts";

/** An argument by its names, its place, or, of an operation of Keras 3, its configuration. */
function argument(call: LayerCall, place: number, ...names: readonly string[]): unknown {
  for (const name of names) if (call.named[name] !== undefined) return call.named[name];
  if (call.args[place] !== undefined) return call.args[place];
  for (const name of names) if (call.options.config[name] !== undefined) return call.options.config[name];
  return undefined;
}

function numbersOf(call: LayerCall, value: unknown): number[] {
  return new LayerOptions(call.layer, { axis: value }).integers("axis");
}

/** A tensor, a number, or a list of numbers for the last axis. */
function operand(call: LayerCall, value: unknown): Wire | number {
  if (isWire(value) || typeof value === "number") return value;
  if (Array.isArray(value)) {
    const { values, dims } = new LayerOptions(call.layer, { value }).numbers("value");
    return { tensor: call.graph.floats(values, dims), shape: dims, moved: false, type: "float32" };
  }
  throw cannot(call, "calculates with something else than numbers");
}

const binary =
  (opType: string): Emitter =>
  (call) =>
    answer(
      combine(call, opType, operand(call, argument(call, 0, "x1", "x")), operand(call, argument(call, 1, "x2", "y"))),
    );

/** A layer of this class is called with one list, an operation with its operands one by one. */
const binaryOrMerge =
  (opType: string): Emitter =>
  (call) =>
    Array.isArray(call.args[0]) || argument(call, 1, "x2", "y") === undefined ? emitMerge(call) : binary(opType)(call);

const unary =
  (opType: string): Emitter =>
  (call) => {
    const wire = inputOf(call);
    return answer({ ...wire, tensor: call.graph.add(opType, [wire.tensor]) });
  };

const reduction =
  (opType: string): Emitter =>
  (call) => {
    const wire = inputOf(call);
    const asked = argument(call, 1, "axis");
    if (asked === undefined || asked === null) throw cannot(call, "reduces the batch");
    const axes = numbersOf(call, asked).map((axis) => axisOf(wire.shape, axis, call.layer));
    if (axes.includes(0)) throw cannot(call, "reduces the batch");
    const kept = argument(call, 2, "keepdims") === true;
    // Without its sides a picture has no layout: what is left lies as Keras has it.
    const x = kept ? wire : call.layouts.channelsLast(wire);
    const over = call.graph.integers(axes.map((axis) => axisInGraph(x, axis)));
    const tensor = call.graph.add(opType, [x.tensor, over], { keepdims: int(kept ? 1 : 0) });
    const shape = x.shape.flatMap((dim, axis) => (axes.includes(axis) ? (kept ? [1] : []) : [dim]));
    return answer({ ...x, tensor, shape });
  };

const identity: Emitter = (call) => answer(anyInput(call));

const reshapeWhole: Emitter = (call) => {
  const wire = anyInput(call);
  const [batch, ...rest] = numbersOf(call, argument(call, 1, "newshape", "shape"));
  if (batch !== -1 && batch !== wire.shape[0]) throw cannot(call, "reshapes the batch");
  return answer(reshape(call, wire, rest));
};

const transposeWhole: Emitter = (call) => {
  const wire = anyInput(call);
  const asked = argument(call, 1, "axes", "perm");
  const order =
    asked === undefined || asked === null
      ? wire.shape.map((_, axis) => wire.shape.length - 1 - axis)
      : numbersOf(call, asked);
  return answer(
    transpose(
      call,
      wire,
      order.map((axis) => axisOf(wire.shape, axis, call.layer)),
    ),
  );
};

const expandDims: Emitter = (call) => {
  const wire = call.layouts.channelsLast(anyInput(call));
  const [asked = -1] = numbersOf(call, argument(call, 1, "axis"));
  const axis = axisOf([...wire.shape, 1], asked, call.layer);
  const tensor = call.graph.add("Unsqueeze", [wire.tensor, call.graph.integers([axis])]);
  return answer({ ...wire, tensor, shape: wire.shape.toSpliced(axis, 0, 1) });
};

const squeeze: Emitter = (call) => {
  const wire = call.layouts.channelsLast(anyInput(call));
  const asked = argument(call, 1, "axis");
  const ones = wire.shape.flatMap((dim, axis) => (dim === 1 && axis > 0 ? [axis] : []));
  const axes =
    asked === undefined || asked === null
      ? ones
      : numbersOf(call, asked).map((axis) => axisOf(wire.shape, axis, call.layer));
  const tensor = call.graph.add("Squeeze", [wire.tensor, call.graph.integers(axes)]);
  return answer({ ...wire, tensor, shape: wire.shape.filter((_, axis) => !axes.includes(axis)) });
};

const concatenateAll: Emitter = (call) => {
  const [axis = -1] = numbersOf(call, argument(call, 1, "axis") ?? -1);
  return answer(concatenate(call, call.inputs, axis));
};

const stack: Emitter = (call) => {
  const [asked = 0] = numbersOf(call, argument(call, 1, "axis") ?? 0);
  const wires = call.inputs.map((wire) => {
    const last = call.layouts.channelsLast(wire);
    const axis = axisOf([...last.shape, 1], asked, call.layer);
    const tensor = call.graph.add("Unsqueeze", [last.tensor, call.graph.integers([axis])]);
    return { ...last, tensor, shape: last.shape.toSpliced(axis, 0, 1) };
  });
  return answer(concatenate(call, wires, axisOf(wires[0]?.shape ?? [], asked, call.layer)));
};

const clip: Emitter = (call) => {
  const wire = inputOf(call);
  const low = argument(call, 1, "x_min", "clip_value_min");
  const high = argument(call, 2, "x_max", "clip_value_max");
  if (typeof low !== "number" || typeof high !== "number") throw cannot(call, "clips at something else than numbers");
  const bounds = [call.graph.scalar(low), call.graph.scalar(high)];
  return answer({ ...wire, tensor: call.graph.add("Clip", [wire.tensor, ...bounds]) });
};

const castTo: Emitter = (call) => {
  const asked = String(argument(call, 1, "dtype"));
  // Halves are computed in single precision here.
  const type = asked.includes("float") || asked.includes("half") ? "float32" : asked;
  if (!(type in TENSOR_TYPES)) throw cannot(call, `makes "${asked.slice(0, 40)}"`);
  return answer(cast(call.graph, anyInput(call), type as WireType));
};

const matmul: Emitter = (call) => {
  const [a, b] = [0, 1].map((index) => call.layouts.channelsLast(inputOf(call, index)));
  if (!a || !b || a.shape.length < 2 || b.shape.length < 2) throw cannot(call, "multiplies vectors");
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), call.layer);
  const shape = [...batch, a.shape.at(-2) ?? null, b.shape.at(-1) ?? null];
  return answer({ ...a, shape, tensor: call.graph.add("MatMul", [a.tensor, b.tensor]) });
};

const square: Emitter = (call) => {
  const wire = inputOf(call);
  return answer({ ...wire, tensor: call.graph.add("Mul", [wire.tensor, wire.tensor]) });
};

const inverseRoot: Emitter = (call) => {
  const wire = inputOf(call);
  const root = call.graph.add("Sqrt", [wire.tensor]);
  return answer({ ...wire, tensor: call.graph.add("Reciprocal", [root]) });
};

const item: Emitter = (call) => answer(getItem(call, anyInput(call), argument(call, 1, "key", "slice_spec")));

/** Operations of `keras.ops`, which Keras 3 writes among the layers, by their classes; merge layers share theirs. */
export const OPERATIONS: Readonly<Record<string, Emitter>> = {
  Add: binaryOrMerge("Add"),
  Subtract: binaryOrMerge("Sub"),
  Multiply: binaryOrMerge("Mul"),
  Maximum: binaryOrMerge("Max"),
  Minimum: binaryOrMerge("Min"),
  Divide: binary("Div"),
  TrueDivide: binary("Div"),
  Power: binary("Pow"),
  Negative: unary("Neg"),
  Absolute: unary("Abs"),
  Abs: unary("Abs"),
  Exp: unary("Exp"),
  Log: unary("Log"),
  Sqrt: unary("Sqrt"),
  Rsqrt: inverseRoot,
  Square: square,
  Sin: unary("Sin"),
  Cos: unary("Cos"),
  Floor: unary("Floor"),
  Ceil: unary("Ceil"),
  Erf: unary("Erf"),
  Mean: reduction("ReduceMean"),
  Max: reduction("ReduceMax"),
  Min: reduction("ReduceMin"),
  Sum: reduction("ReduceSum"),
  Prod: reduction("ReduceProd"),
  Reshape: (call) => (call.options.has("target_shape") ? emitReshape(call) : reshapeWhole(call)),
  Transpose: transposeWhole,
  ExpandDims: expandDims,
  Squeeze: squeeze,
  Concatenate: concatenateAll,
  Stack: stack,
  Clip: clip,
  Cast: castTo,
  Matmul: matmul,
  GetItem: item,
  StopGradient: identity,
};

/** "HardSigmoid" as `keras.activations` has it: "hard_sigmoid". */
function activationName(className: string): string {
  return className.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

const emitActivationOperation: Emitter = (call) =>
  answer(applyNamed(call, inputOf(call), activationName(call.className), call.options));

/** What writes an operation of this class, or undefined. */
export function operationOf(className: string): Emitter | undefined {
  if (Object.hasOwn(OPERATIONS, className)) return OPERATIONS[className];
  return /^[A-Z]/.test(className) && isActivation(activationName(className)) ? emitActivationOperation : undefined;
}

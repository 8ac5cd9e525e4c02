import { float, int, text } from "../graph/attributes.ts";
import type { GraphBuilder } from "../graph/graph-builder.ts";
import { axisInGraph, axisOf, type Wire } from "../graph/wire.ts";
import { LayerOptions } from "../layer-options.ts";
import { answer, cannot, type Emitter, inputOf, type LayerCall } from "./layer-call.ts";
import { emitSoftmax } from "./softmax.ts";
import { sparsemax } from "./sparsemax.ts";

/** A function of each number alone, whatever the layout. */
type Pointwise = (graph: GraphBuilder, x: string, options: LayerOptions) => string;

const one =
  (opType: string): Pointwise =>
  (graph, x) =>
    graph.add(opType, [x]);

const clip = (graph: GraphBuilder, x: string, low: number, high: number) =>
  graph.add("Clip", [x, graph.scalar(low), graph.scalar(high)]);

const silu: Pointwise = (graph, x) => graph.add("Mul", [x, graph.add("Sigmoid", [x])]);
const hardSilu: Pointwise = (graph, x) => graph.add("HardSwish", [x]);

/** `keras.activations`, with the defaults of Keras 3 and every name that Keras has used. */
const POINTWISE: Readonly<Record<string, Pointwise>> = {
  celu: (graph, x, options) => {
    const alpha = options.number("alpha", 1);
    if (alpha === 1) return graph.add("Elu", [x]);
    const scaled = graph.add("Elu", [graph.add("Div", [x, graph.scalar(alpha)])]);
    return graph.add("Mul", [scaled, graph.scalar(alpha)]);
  },
  elu: (graph, x, options) => graph.add("Elu", [x], { alpha: float(options.number("alpha", 1)) }),
  exponential: one("Exp"),
  gelu: (graph, x, options) =>
    graph.add("Gelu", [x], { approximate: text(options.flag("approximate") ? "tanh" : "none") }),
  hard_shrink: (graph, x, options) => {
    const kept = graph.add("Greater", [graph.add("Abs", [x]), graph.scalar(options.number("threshold", 0.5))]);
    return graph.add("Where", [kept, x, graph.scalar(0)]);
  },
  hard_sigmoid: (graph, x) => graph.add("HardSigmoid", [x], { alpha: float(1 / 6), beta: float(0.5) }),
  hard_silu: hardSilu,
  hard_swish: hardSilu,
  hard_tanh: (graph, x) => clip(graph, x, -1, 1),
  leaky_relu: (graph, x, options) =>
    graph.add("LeakyRelu", [x], { alpha: float(options.number("negative_slope", 0.2)) }),
  linear: (_, x) => x,
  log_sigmoid: (graph, x) => graph.add("Neg", [graph.add("Softplus", [graph.add("Neg", [x])])]),
  mish: (graph, x) => graph.add("Mul", [x, graph.add("Tanh", [graph.add("Softplus", [x])])]),
  relu: (graph, x, options) => relu(graph, x, options),
  relu6: (graph, x) => clip(graph, x, 0, 6),
  selu: one("Selu"),
  sigmoid: one("Sigmoid"),
  silu,
  swish: silu,
  soft_shrink: (graph, x, options) => {
    const threshold = graph.scalar(options.number("threshold", 0.5));
    const above = graph.add("Relu", [graph.add("Sub", [x, threshold])]);
    const below = graph.add("Relu", [graph.add("Sub", [graph.add("Neg", [x]), threshold])]);
    return graph.add("Sub", [above, below]);
  },
  softplus: one("Softplus"),
  softsign: (graph, x) => graph.add("Div", [x, graph.add("Add", [graph.add("Abs", [x]), graph.scalar(1)])]),
  sparse_plus: (graph, x) => {
    // Between -1 and 1 a parabola, above it x itself: the parabola's end plus what x has beyond.
    const near = graph.add("Add", [clip(graph, x, -1, 1), graph.scalar(1)]);
    const parabola = graph.add("Mul", [graph.add("Mul", [near, near]), graph.scalar(0.25)]);
    return graph.add("Add", [parabola, graph.add("Relu", [graph.add("Sub", [x, graph.scalar(1)])])]);
  },
  sparse_sigmoid: (graph, x) => graph.add("HardSigmoid", [x], { alpha: float(0.5), beta: float(0.5) }),
  squareplus: (graph, x, options) => {
    const power = graph.add("Add", [graph.add("Mul", [x, x]), graph.scalar(options.number("b", 4))]);
    const root = graph.add("Sqrt", [power]);
    return graph.add("Mul", [graph.add("Add", [x, root]), graph.scalar(0.5)]);
  },
  tanh: one("Tanh"),
  tanh_shrink: (graph, x) => graph.add("Sub", [x, graph.add("Tanh", [x])]),
};

/** Keras 2's was of another slope. */
const oldHardSigmoid: Pointwise = (graph, x) => graph.add("HardSigmoid", [x], { alpha: float(0.2), beta: float(0.5) });

/** `relu(x, negative_slope, max_value, threshold)`. */
function relu(graph: GraphBuilder, x: string, options: LayerOptions): string {
  const slope = options.number("negative_slope", 0);
  const threshold = options.number("threshold", 0);
  const highest = options.numberOrNull("max_value");
  if (threshold === 0 && highest === null)
    return slope === 0 ? graph.add("Relu", [x]) : graph.add("LeakyRelu", [x], { alpha: float(slope) });
  let answer: string;
  if (threshold === 0) answer = clip(graph, x, 0, highest ?? 0);
  else {
    const above = graph.add("Greater", [x, graph.scalar(threshold)]);
    answer = graph.add("Where", [above, x, graph.scalar(0)]);
    if (highest !== null) answer = clip(graph, answer, 0, highest);
  }
  if (slope === 0) return answer;
  const below = graph.add("Relu", [graph.add("Sub", [graph.scalar(threshold), x])]);
  return graph.add("Sub", [answer, graph.add("Mul", [below, graph.scalar(slope)])]);
}

/** Half of an axis gated by the other half. */
function glu(call: LayerCall, wire: Wire): Wire {
  const x = call.layouts.channelsLast(wire);
  const [first, second] = call.graph.addMany("Split", [x.tensor], { axis: int(-1), num_outputs: int(2) }, 2);
  const gate = call.graph.add("Sigmoid", [second ?? ""]);
  const width = x.shape.at(-1) ?? null;
  const shape = [...x.shape.slice(0, -1), width === null ? null : width / 2];
  return { ...x, shape, tensor: call.graph.add("Mul", [first ?? "", gate]) };
}

/** Whether `keras.activations` has a function of this name. */
export function isActivation(name: string): boolean {
  return name in POINTWISE || ["softmax", "log_softmax", "glu", "sparsemax"].includes(name);
}

/** An activation by its name in `keras.activations`, its arguments among `options`. */
export function applyNamed(call: LayerCall, wire: Wire, name: string, options: LayerOptions): Wire {
  if (name === "softmax") return emitSoftmax(call, wire, options.config.axis ?? -1);
  if (name === "log_softmax") {
    const axis = axisInGraph(wire, axisOf(wire.shape, options.integer("axis", -1), call.layer));
    return { ...wire, tensor: call.graph.add("LogSoftmax", [wire.tensor], { axis: int(axis) }) };
  }
  if (name === "glu" || name === "sparsemax") {
    const axis = axisOf(wire.shape, options.integer("axis", -1), call.layer);
    if (axis !== wire.shape.length - 1) throw cannot(call, `has "${name}" over another axis than the last`);
    return name === "glu" ? glu(call, wire) : sparsemax(call, wire);
  }
  const pointwise = name === "hard_sigmoid" && call.kerasMajor < 3 ? oldHardSigmoid : POINTWISE[name];
  if (!pointwise) throw cannot(call, `has the activation "${name.slice(0, 60)}"`);
  return { ...wire, tensor: pointwise(call.graph, wire.tensor, options) };
}

/** What a layer's option `activation` says, applied: a name, a function's record, or an activation layer's. */
export function applyActivation(call: LayerCall, wire: Wire, activation: unknown): Wire {
  if (activation === null || activation === undefined || activation === "linear") return wire;
  const none = new LayerOptions(call.layer, {});
  if (typeof activation === "string") return applyNamed(call, wire, activation, none);
  const { class_name: className, config } = activation as { class_name?: unknown; config?: unknown };
  if (typeof config === "string") return applyNamed(call, wire, config, none);
  const emitter = typeof className === "string" ? ACTIVATION_LAYERS[className] : undefined;
  if (!emitter || className === "PReLU")
    throw cannot(call, `has an activation of class "${String(className).slice(0, 60)}"`);
  const options = new LayerOptions(call.layer, config && typeof config === "object" ? { ...config } : {});
  return emitter({ ...call, options, inputs: [wire], className: String(className) }).outputs[0] ?? wire;
}

const emitActivation: Emitter = (call) => answer(applyActivation(call, inputOf(call), call.options.config.activation));

const emitRelu: Emitter = (call) => answer(applyNamed(call, inputOf(call), "relu", call.options));

const emitLeakyRelu: Emitter = (call) => {
  // Keras 2 calls it alpha.
  const alpha = call.options.number(call.options.has("alpha") ? "alpha" : "negative_slope", 0.3);
  const wire = inputOf(call);
  return answer({ ...wire, tensor: call.graph.add("LeakyRelu", [wire.tensor], { alpha: float(alpha) }) });
};

const emitElu: Emitter = (call) => answer(applyNamed(call, inputOf(call), "elu", call.options));

const emitThresholded: Emitter = (call) => {
  const wire = inputOf(call);
  const above = call.graph.add("Greater", [wire.tensor, call.graph.scalar(call.options.number("theta", 1))]);
  return answer({ ...wire, tensor: call.graph.add("Where", [above, wire.tensor, call.graph.scalar(0)]) });
};

const emitPrelu: Emitter = (call) => {
  const wire = inputOf(call);
  const shared = call.options.has("shared_axes") ? call.options.integers("shared_axes") : [];
  const dims = wire.shape.slice(1).map((dim, index) => (shared.includes(index + 1) ? 1 : dim));
  const [alpha] = call.weights.take([{ name: "alpha", dims }]);
  if (!alpha) return answer(wire);
  const order = wire.moved ? [dims.length - 1, ...dims.slice(0, -1).map((_, axis) => axis)] : undefined;
  const slope = call.weights.tensor(alpha, order ? { order } : {});
  return answer({ ...wire, tensor: call.graph.add("PRelu", [wire.tensor, slope]) });
};

const emitSoftmaxLayer: Emitter = (call) => {
  if (call.inputs.length > 1) throw cannot(call, "is called with a mask");
  return answer(emitSoftmax(call, inputOf(call), call.options.config.axis ?? -1));
};

/** The activation layers, whose classes may stand in a layer's option `activation` too. */
export const ACTIVATION_LAYERS: Readonly<Record<string, Emitter>> = {
  Activation: emitActivation,
  ReLU: emitRelu,
  LeakyReLU: emitLeakyRelu,
  ELU: emitElu,
  ThresholdedReLU: emitThresholded,
  PReLU: emitPrelu,
  Softmax: emitSoftmaxLayer,
};

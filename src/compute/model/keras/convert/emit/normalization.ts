import { ComputeError } from "../../../../errors.ts";
import { float, int } from "../graph/attributes.ts";
import { axisInGraph, axisOf, dimsInGraph, type Wire } from "../graph/wire.ts";
import { dimsAlong } from "./broadcast.ts";
import { answer, cannot, type Emitter, inputOf, known, type LayerCall } from "./layer-call.ts";

/** The axes that a layer's option names, in order from the front. */
function axesOf(call: LayerCall, wire: Wire): number[] {
  return call.options
    .integers("axis", [-1])
    .map((axis) => axisOf(wire.shape, axis, call.layer))
    .sort((a, b) => a - b);
}

/** 1 / sqrt(x + epsilon) */
function inverseRoot(call: LayerCall, x: string, epsilon: number): string {
  const { graph } = call;
  return graph.add("Reciprocal", [graph.add("Sqrt", [graph.add("Add", [x, graph.scalar(epsilon)])])]);
}

export const emitLayerNormalization: Emitter = (call) => {
  const { graph, options, weights } = call;
  const wire = call.layouts.channelsLast(inputOf(call));
  const axes = axesOf(call, wire);
  const dims = axes.map((axis) => known(call, wire.shape[axis], "number of features"));
  const epsilon = options.number("epsilon", 0.001);
  const byVariance = options.flag("rms_scaling");
  const scaled = byVariance || options.flag("scale", true);
  const centered = !byVariance && options.flag("center", true);
  const taken = weights.take([
    ...(scaled ? [{ name: "gamma", dims }] : []),
    ...(centered ? [{ name: "beta", dims }] : []),
  ]);
  const gamma = scaled ? taken[0] : undefined;
  const beta = centered ? taken[scaled ? 1 : 0] : undefined;
  const first = axes[0] ?? 0;
  const trailing = axes.every((axis, index) => axis === first + index) && axes.at(-1) === wire.shape.length - 1;
  if (trailing && !byVariance) {
    const ones = () => graph.floats(new Float32Array(dims.reduce((size, dim) => size * dim, 1)).fill(1), dims);
    const inputs = [wire.tensor, gamma ? weights.tensor(gamma) : ones(), ...(beta ? [weights.tensor(beta)] : [])];
    const attributes = { axis: int(first), epsilon: float(epsilon) };
    return answer({ ...wire, tensor: graph.add("LayerNormalization", inputs, attributes) });
  }
  const over = graph.integers(axes);
  const centre = graph.add("Sub", [wire.tensor, graph.add("ReduceMean", [wire.tensor, over])]);
  const variance = graph.add("ReduceMean", [graph.add("Mul", [centre, centre]), over]);
  // Keras' old "rms_scaling" divides by the deviation without taking the mean off.
  const numerator = byVariance ? wire.tensor : centre;
  let tensor = graph.add("Mul", [numerator, inverseRoot(call, variance, epsilon)]);
  const along = { dims: dimsAlong(wire, axes) };
  if (gamma) tensor = graph.add("Mul", [tensor, weights.tensor(gamma, along)]);
  if (beta) tensor = graph.add("Add", [tensor, weights.tensor(beta, along)]);
  return answer({ ...wire, tensor });
};

export const emitRmsNormalization: Emitter = (call) => {
  const { graph, options, weights } = call;
  const wire = inputOf(call);
  const axes = axesOf(call, wire);
  const dims = axes.map((axis) => known(call, wire.shape[axis], "number of features"));
  const [scale] = weights.take([{ name: "scale", dims }]);
  if (dims.length > 1 && wire.moved) throw cannot(call, `normalizes ${dims.length} axes of pictures`);
  const over = graph.integers(axes.map((axis) => axisInGraph(wire, axis)));
  const power = graph.add("ReduceMean", [graph.add("Mul", [wire.tensor, wire.tensor]), over]);
  const unit = graph.add("Mul", [wire.tensor, inverseRoot(call, power, options.number("epsilon", 1e-6))]);
  const factor = scale ? weights.tensor(scale, { dims: dimsAlong(wire, axes) }) : "";
  return answer({ ...wire, tensor: graph.add("Mul", [unit, factor]) });
};

/** Length 1 along the axes; a vector of zeros stays one. */
export function unitLength(call: LayerCall, wire: Wire, axes: readonly number[], epsilon: number): Wire {
  const { graph } = call;
  const over = graph.integers(axes.map((axis) => axisInGraph(wire, axis)));
  const power = graph.add("ReduceSum", [graph.add("Mul", [wire.tensor, wire.tensor]), over]);
  const inverse = graph.add("Reciprocal", [graph.add("Sqrt", [power])]);
  const bounded = graph.add("Min", [inverse, graph.scalar(1 / epsilon)]);
  return { ...wire, tensor: graph.add("Mul", [wire.tensor, bounded]) };
}

export const emitUnitNormalization: Emitter = (call) => {
  const wire = inputOf(call);
  return answer(unitLength(call, wire, axesOf(call, wire), 1e-12));
};

export const emitGroupNormalization: Emitter = (call) => {
  const { graph, options, weights } = call;
  const given = inputOf(call);
  const axis = axisOf(given.shape, options.integer("axis", -1), call.layer);
  const last = axis === given.shape.length - 1;
  const wire = last ? call.layouts.channelsFirst(given) : call.layouts.channelsLast(given);
  if (axisInGraph(wire, axis) !== 1) throw cannot(call, `normalizes groups of axis ${axis}`);
  const width = known(call, wire.shape[axis], "number of features");
  const groups = options.integer("groups", 32) === -1 ? width : options.count("groups", 32);
  if (width % groups)
    throw new ComputeError(
      "input",
      `${call.layer} parts ${width} features in ${groups} groups.`,
      "Save the model again with the Keras that made it.",
    );
  const scaled = options.flag("scale", true);
  const centered = options.flag("center", true);
  const taken = weights.take([
    ...(scaled ? [{ name: "gamma", dims: [width] }] : []),
    ...(centered ? [{ name: "beta", dims: [width] }] : []),
  ]);
  const gamma = scaled ? taken[0] : undefined;
  const beta = centered ? taken[scaled ? 1 : 0] : undefined;
  // Each group as one channel of a sequence.
  const grouped = graph.add("Reshape", [wire.tensor, graph.integers([0, groups, -1])]);
  const inputs = [grouped, graph.floats(new Float32Array(groups).fill(1)), graph.floats(new Float32Array(groups))];
  const normal = graph.add("InstanceNormalization", inputs, { epsilon: float(options.number("epsilon", 0.001)) });
  const sides = dimsInGraph(wire).slice(1);
  const back = sides.every((dim) => dim !== null)
    ? graph.integers([0, ...sides.map(Number)])
    : graph.add("Shape", [wire.tensor]);
  let tensor = graph.add("Reshape", [normal, back]);
  const along = { dims: dimsAlong(wire, [axis]) };
  if (gamma) tensor = graph.add("Mul", [tensor, weights.tensor(gamma, along)]);
  if (beta) tensor = graph.add("Add", [tensor, weights.tensor(beta, along)]);
  return answer({ ...wire, tensor });
};

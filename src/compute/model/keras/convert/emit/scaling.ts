import { axisInGraph, axisOf, type Wire } from "../graph/wire.ts";
import { dimsAlong } from "./broadcast.ts";
import { answer, cannot, type Emitter, inputOf, known, type LayerCall } from "./layer-call.ts";

/** A constant from the options that meets a tensor's last axes, as it lies in the graph. */
function constantFor(call: LayerCall, wire: Wire, name: string): string {
  const { values, dims } = call.options.numbers(name);
  if (values.length === 1) return call.graph.scalar(values[0] ?? 0);
  if (dims.length === 1) {
    const rank = Array<number>(wire.shape.length).fill(1);
    rank[axisInGraph(wire, wire.shape.length - 1)] = values.length;
    return call.graph.floats(values, rank);
  }
  if (wire.moved) throw cannot(call, `has ${dims.length} axes in its option "${name}"`);
  return call.graph.floats(values, dims);
}

/** x * scale + offset */
export const emitRescaling: Emitter = (call) => {
  const wire = inputOf(call);
  const scaled = call.graph.add("Mul", [wire.tensor, constantFor(call, wire, "scale")]);
  if (!call.options.has("offset") || call.options.config.offset === 0) return answer({ ...wire, tensor: scaled });
  return answer({ ...wire, tensor: call.graph.add("Add", [scaled, constantFor(call, wire, "offset")]) });
};

/** Below this a deviation counts as this: `keras.config.epsilon()`. */
const EPSILON = 1e-7;

/** (x - mean) / deviation, with the statistics of the options or, once adapted, of the weights. */
export const emitNormalization: Emitter = (call) => {
  const { graph, options, weights } = call;
  const wire = inputOf(call);
  const asked = "axis" in options.config && !options.has("axis") ? [] : options.integers("axis", [-1]);
  const axes = asked.map((axis) => axisOf(wire.shape, axis, call.layer)).sort((a, b) => a - b);
  const kept = axes.map((axis) => known(call, wire.shape[axis], "number of features"));
  if (wire.moved && axes.length > 1) throw cannot(call, `normalizes ${axes.length} axes of pictures`);
  const dims = dimsAlong(wire, axes);
  let mean: ArrayLike<number>;
  let variance: ArrayLike<number>;
  let shape = dims;
  if (options.has("mean")) {
    const said = options.numbers("mean");
    mean = said.values;
    variance = options.numbers("variance").values;
    // Fewer values than the axes hold are broadcast from the right.
    shape = Array<number>(wire.shape.length).fill(1);
    for (let index = 1; index <= Math.min(said.dims.length, axes.length); index++)
      shape[axisInGraph(wire, axes.at(-index) ?? 0)] = said.dims.at(-index) ?? 1;
  } else {
    const taken = weights.take([
      { name: "mean", dims: kept, fixed: true },
      { name: "variance", dims: kept, fixed: true },
      { name: "count", dims: [], fixed: true },
    ]);
    mean = taken[0] ? weights.floats(taken[0]) : [];
    variance = taken[1] ? weights.floats(taken[1]) : [];
  }
  const deviation = Float32Array.from(variance, (one) => Math.max(Math.sqrt(one), EPSILON));
  const center = graph.floats(mean, mean.length === 1 ? [] : shape);
  const spread = graph.floats(deviation, deviation.length === 1 ? [] : shape);
  if (options.flag("invert"))
    return answer({ ...wire, tensor: graph.add("Add", [graph.add("Mul", [wire.tensor, spread]), center]) });
  return answer({ ...wire, tensor: graph.add("Div", [graph.add("Sub", [wire.tensor, center]), spread]) });
};

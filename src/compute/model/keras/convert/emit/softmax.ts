import { int } from "../graph/attributes.ts";
import { axisInGraph, axisOf, type Wire } from "../graph/wire.ts";
import { LayerOptions } from "../layer-options.ts";
import type { LayerCall } from "./layer-call.ts";

/** Softmax over one axis or over several together, as Keras counts them. */
export function emitSoftmax(call: LayerCall, wire: Wire, axis: unknown): Wire {
  const { graph } = call;
  const asked = new LayerOptions(call.layer, { axis }).integers("axis");
  const axes = asked.map((one) => axisInGraph(wire, axisOf(wire.shape, one, call.layer)));
  if (axes.length === 1) return { ...wire, tensor: graph.add("Softmax", [wire.tensor], { axis: int(axes[0] ?? -1) }) };
  const over = graph.integers(axes);
  const highest = graph.add("ReduceMax", [wire.tensor, over]);
  const exponentials = graph.add("Exp", [graph.add("Sub", [wire.tensor, highest])]);
  return { ...wire, tensor: graph.add("Div", [exponentials, graph.add("ReduceSum", [exponentials, over])]) };
}

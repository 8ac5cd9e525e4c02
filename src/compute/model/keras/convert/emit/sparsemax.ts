import { TENSOR_TYPES } from "../../../onnx/onnx-model.ts";
import { int } from "../graph/attributes.ts";
import type { Wire } from "../graph/wire.ts";
import { known, type LayerCall } from "./layer-call.ts";

/**
 * `keras.activations.sparsemax` over the last axis, to the letter: where more than one number is in the support, Keras
 * 3.15 adds up the cumulative sums where Martins and Astudillo (2016, algorithm 1) take the last of them.
 */
export function sparsemax(call: LayerCall, wire: Wire): Wire {
  const { graph } = call;
  const x = call.layouts.channelsLast(wire);
  const width = known(call, x.shape.at(-1), "number of features");
  const last = graph.integers([-1]);
  const [sorted = ""] = graph.addMany("TopK", [x.tensor, graph.integers([width])], { axis: int(-1) }, 2);
  const sums = graph.add("CumSum", [sorted, graph.integers([x.shape.length - 1], [])]);
  const ranks = graph.floats(Array.from({ length: width }, (_, index) => index + 1));
  const mean = graph.add("Div", [graph.add("Sub", [sums, graph.scalar(1)]), ranks]);
  const inside = graph.add("Greater", [sorted, mean]);
  const support = graph.add("Cast", [inside], { to: int(TENSOR_TYPES.float32) });
  const count = graph.add("ReduceSum", [support, last]);
  const total = graph.add("ReduceSum", [graph.add("Mul", [sums, support]), last]);
  const threshold = graph.add("Div", [graph.add("Sub", [total, graph.scalar(1)]), count]);
  return { ...x, tensor: graph.add("Relu", [graph.add("Sub", [x.tensor, threshold])]) };
}

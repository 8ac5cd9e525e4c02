import { axisInGraph, type Wire } from "../graph/wire.ts";
import { combine } from "./broadcast.ts";
import { answer, cannot, type Emitter, inputOf, known, type LayerCall } from "./layer-call.ts";

/** ConvNeXt's: a factor for each feature. */
export const emitLayerScale: Emitter = (call) => {
  const wire = inputOf(call);
  const last = wire.shape.length - 1;
  const width = known(call, wire.shape[last], "number of features");
  const [gamma] = call.weights.take([{ name: "gamma", dims: [width] }]);
  const dims = Array<number>(wire.shape.length).fill(1);
  dims[axisInGraph(wire, last)] = width;
  const factor = gamma ? call.weights.tensor(gamma, { dims }) : "";
  return answer({ ...wire, tensor: call.graph.add("Mul", [wire.tensor, factor]) });
};

/** InceptionResNetV2's: a + scale * b. */
function addScaled(call: LayerCall, scale: number): Wire {
  const product = combine(call, "Mul", inputOf(call, 1), scale);
  return combine(call, "Add", inputOf(call, 0), product);
}

export const emitCustomScale: Emitter = (call) => answer(addScaled(call, call.options.number("scale")));

/**
 * Python code in a file is never run. One is known by its name and arguments: Keras 2 wrote InceptionResNetV2's scaled
 * sums so (`inception_resnet_block` of keras/applications).
 */
export const emitLambda: Emitter = (call) => {
  const { name, arguments: given } = call.options.config;
  const scale = typeof given === "object" && given !== null && "scale" in given ? given.scale : null;
  if (typeof name === "string" && isScaledSum(name) && typeof scale === "number" && call.inputs.length === 2)
    return answer(addScaled(call, scale));
  throw cannot(call, "is Python code");
};

/** Whether a layer of this name is one of InceptionResNetV2's. */
export function isScaledSum(name: string): boolean {
  return /^block(35|17|8)_\d+$/.test(name);
}

import { float } from "../graph/attributes.ts";
import { axisInGraph, axisOf } from "../graph/wire.ts";
import { dimsAlong } from "./broadcast.ts";
import { answer, cannot, type Emitter, inputOf, known } from "./layer-call.ts";

/** With the moving statistics, as at inference. */
export const emitBatchNormalization: Emitter = (call) => {
  const { graph, options, weights } = call;
  const wire = inputOf(call);
  const [asked = -1, ...more] = options.integers("axis", [-1]);
  if (more.length) throw cannot(call, `normalizes ${more.length + 1} axes`);
  const axis = axisOf(wire.shape, asked, call.layer);
  const width = known(call, wire.shape[axis], "number of features");
  const epsilon = options.number("epsilon", 0.001);
  const scaled = options.flag("scale", true);
  const centered = options.flag("center", true);
  const taken = weights.take([
    ...(scaled ? [{ name: "gamma", dims: [width] }] : []),
    ...(centered ? [{ name: "beta", dims: [width] }] : []),
    { name: "moving_mean", dims: [width], fixed: true },
    { name: "moving_variance", dims: [width], fixed: true },
  ]);
  const [mean, variance] = taken.slice(-2);
  if (!mean || !variance) return answer(wire);
  const gamma = scaled ? taken[0] : undefined;
  const beta = centered ? taken[scaled ? 1 : 0] : undefined;
  // The operator is for channels at 1, and lets the engine fold it into the convolution before it.
  if (wire.shape.length === 4 && axisInGraph(wire, axis) === 1) {
    const inputs = [
      wire.tensor,
      gamma ? weights.tensor(gamma) : graph.floats(new Float32Array(width).fill(1)),
      beta ? weights.tensor(beta) : graph.floats(new Float32Array(width)),
      weights.tensor(mean),
      weights.tensor(variance),
    ];
    return answer({ ...wire, tensor: graph.add("BatchNormalization", inputs, { epsilon: float(epsilon) }) });
  }
  const factor = () => {
    const spread = weights.floats(variance);
    const gain = gamma ? weights.floats(gamma) : null;
    return Float32Array.from(spread, (one, index) => (gain?.[index] ?? 1) / Math.sqrt(one + epsilon));
  };
  const shift = () => {
    const by = factor();
    const center = weights.floats(mean);
    const offset = beta ? weights.floats(beta) : null;
    return Float32Array.from(by, (one, index) => (offset?.[index] ?? 0) - one * (center[index] ?? 0));
  };
  const dims = dimsAlong(wire, [axis]);
  const product = graph.add("Mul", [wire.tensor, weights.computed(`factor/${dims.join("x")}`, dims, factor)]);
  const tensor = graph.add("Add", [product, weights.computed(`shift/${dims.join("x")}`, dims, shift)]);
  return answer({ ...wire, tensor });
};

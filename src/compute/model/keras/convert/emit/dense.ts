import { text } from "../graph/attributes.ts";
import { sizeOf, type Wire } from "../graph/wire.ts";
import { applyActivation } from "./activations.ts";
import { answer, cannot, type Emitter, inputOf, known, type LayerCall } from "./layer-call.ts";

/** x · kernel + bias over the last axis. */
export function multiplyLast(call: LayerCall, wire: Wire, kernel: string, bias: string | null, units: number): Wire {
  const { graph } = call;
  const x = call.layouts.channelsLast(wire);
  const shape = [...x.shape.slice(0, -1), units];
  if (x.shape.length === 2 && bias !== null)
    return { ...x, shape, tensor: graph.add("Gemm", [x.tensor, kernel, bias]) };
  const product = graph.add("MatMul", [x.tensor, kernel]);
  return { ...x, shape, tensor: bias === null ? product : graph.add("Add", [product, bias]) };
}

export const emitDense: Emitter = (call) => {
  const { options, weights } = call;
  const wire = inputOf(call);
  const units = options.count("units");
  const width = known(call, wire.shape.at(-1), "number of features");
  const [kernel, bias] = weights.take([
    { name: "kernel", dims: [width, units] },
    ...(options.flag("use_bias", true) ? [{ name: "bias", dims: [units] }] : []),
  ]);
  const product = multiplyLast(
    call,
    wire,
    kernel ? weights.tensor(kernel) : "",
    bias ? weights.tensor(bias) : null,
    units,
  );
  const places = sizeOf(wire.shape.slice(1, -1));
  return answer(applyActivation(call, product, options.config.activation), {
    multiplyAdds: places === null ? null : places * width * units,
  });
};

/** Keras' EinsumDense: the equation says which axes are summed; those of one place each may be left as "…". */
export const emitEinsumDense: Emitter = (call) => {
  const { graph, options, weights } = call;
  const wire = call.layouts.channelsLast(inputOf(call));
  const equation = String(options.config.equation);
  const parts = /^(\.\.\.)?([a-zA-Z]+)(\.\.\.)?,([a-zA-Z]+)->(\.\.\.)?([a-zA-Z]+)(\.\.\.)?$/.exec(equation);
  const [, before, from = "", , over = "", , to = ""] = parts ?? [];
  if (!parts || from.length > wire.shape.length) throw cannot(call, `has the equation "${equation.slice(0, 60)}"`);
  const elided = wire.shape.length - from.length;
  const left = before ? elided : 0;
  const [kernel, bias] = weights.take([
    { name: "kernel", dims: [...over].map(() => null) },
    ...(options.has("bias_axes") ? [{ name: "bias", dims: weights.weights[1]?.dims ?? [] }] : []),
  ]);
  const dims = new Map<string, number | null>([...over].map((letter, axis) => [letter, kernel?.dims[axis] ?? null]));
  for (const [axis, letter] of [...from].entries()) {
    const dim = wire.shape[axis + left] ?? null;
    const other = dims.get(letter);
    if (typeof other === "number" && dim !== null && other !== dim)
      throw cannot(call, `has a kernel of ${other} where its input has ${dim} features`);
    dims.set(letter, dim ?? other ?? null);
  }
  const free = before ? wire.shape.slice(0, elided) : wire.shape.slice(from.length);
  // Keras knows of an axis what the option says, not what the input has.
  const said = [options.config.output_shape].flat();
  const named = [...to].map((letter, axis) => {
    const place = left === 0 ? axis - 1 : axis;
    return place >= 0 && (said[place] ?? null) === null ? null : (dims.get(letter) ?? null);
  });
  const shape = before ? [...free, ...named] : [...named, ...free];
  const product = graph.add("Einsum", [wire.tensor, kernel ? weights.tensor(kernel) : ""], {
    equation: text(equation),
  });
  const tensor = bias ? graph.add("Add", [product, weights.tensor(bias)]) : product;
  const summed = [...new Set(over)].filter((letter) => from.includes(letter) && !to.includes(letter));
  const places = sizeOf([...shape.slice(1), ...summed.map((letter) => dims.get(letter) ?? null)]);
  return answer(applyActivation(call, { ...wire, shape, tensor }, options.config.activation), { multiplyAdds: places });
};

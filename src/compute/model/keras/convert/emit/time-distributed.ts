import { describeLayer, LayerOptions } from "../layer-options.ts";
import { isObject, type JsonObject } from "../plan/config-checks.ts";
import { LayerWeights } from "../weights/layer-weights.ts";
import { answer, anyInput, cannot, type Emitter, known, type LayerAnswer, type LayerCall } from "./layer-call.ts";

/** The layer that a wrapper's configuration has in it. */
export function wrappedLayer(config: JsonObject): { className: string; config: JsonObject } | null {
  const { layer } = config;
  if (!isObject(layer) || typeof layer.class_name !== "string" || !isObject(layer.config)) return null;
  return { className: layer.class_name, config: layer.config };
}

/** A layer at every step of a sequence: the steps are pictures of a longer batch while it works. */
export function emitTimeDistributed(call: LayerCall, emitter: Emitter | undefined): LayerAnswer {
  const { graph, weights } = call;
  const inner = wrappedLayer(call.options.config);
  if (!inner || !emitter) throw cannot(call, "has no layer in it");
  const wire = call.layouts.channelsLast(anyInput(call));
  const [batch = null, length = null, ...rest] = wire.shape;
  const steps = known(call, length, "number of steps");
  const sides = rest.map((dim) => known(call, dim, "picture size"));
  const merged = graph.add("Reshape", [wire.tensor, graph.integers([-1, ...sides])]);
  const name = String(inner.config.name ?? "layer");
  const layer = describeLayer(inner.className, `${weights.path}/${name}`);
  const own = weights.weights.map((weight) => ({ ...weight, name: weight.name.slice(weight.name.indexOf("/") + 1) }));
  const frozen = weights.frozen || inner.config.trainable === false;
  const innerWeights = new LayerWeights(graph, `${weights.path}/${name}`, layer, own, frozen);
  const input = { ...wire, tensor: merged, shape: [null, ...sides] };
  const made = emitter({
    ...call,
    layer,
    className: inner.className,
    options: new LayerOptions(layer, inner.config),
    weights: innerWeights,
    inputs: [input],
    args: [input],
    named: {},
  });
  weights.parameters = innerWeights.parameters;
  weights.trainable = innerWeights.trainable;
  const [first] = made.outputs;
  if (!first) throw cannot(call, "has a layer in it that answers nothing");
  const output = call.layouts.channelsLast(first);
  const out = output.shape.slice(1).map((dim) => known(call, dim, "answer's size"));
  const tensor = graph.add("Reshape", [output.tensor, graph.integers([-1, steps, ...out])]);
  const { multiplyAdds = 0 } = made;
  const counted = multiplyAdds === null ? null : multiplyAdds * steps;
  return answer({ ...output, tensor, shape: [batch, steps, ...out] }, { multiplyAdds: counted });
}

import type { Feed } from "../../../src/compute/model/engine/tensor-values.ts";
import { type OnnxModel, type OnnxTensor, TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";

/**
 * What a GPU's programs for a graph are chosen by: its operators with their settings, what each takes from where, and of
 * constants and inputs how many axes they have, which of them have one place and which take vectors of four. Fractions
 * don't count: Resize has fifty cases and a handful of forms.
 */
export function formOnGpu({ graph }: OnnxModel, feeds: readonly Feed[]): string {
  const forms = new Map<string, string>();
  for (const { name, dims } of feeds) forms.set(name, axesOf(dims));
  for (const tensor of graph.initializers) forms.set(tensor.name, constantForm(tensor));
  const lines = graph.nodes.map(({ opType, inputs, outputs, attributes }, place) => {
    // Where a shape is all that is new nothing is computed.
    const taken = opType === "Reshape" ? inputs.slice(0, 1) : inputs;
    const from = taken.map((name) => forms.get(name) ?? name).join(" ");
    for (const [answer, name] of outputs.entries()) forms.set(name, `${place}:${answer}`);
    return `${opType} ${from} ${JSON.stringify([...attributes])}`;
  });
  return lines.join("\n");
}

function axesOf(dims: readonly number[]): string {
  return dims.map((size) => (size === 1 ? 1 : size % 4 === 0 ? 4 : "n")).join();
}

/** Axes, places and amounts by their numbers. */
function constantForm({ type, dims, data }: OnnxTensor): string {
  const numbers = type !== TENSOR_TYPES.float32 && data.kind === "here" ? data.bytes.join() : "";
  return `${type}(${axesOf(dims)})${numbers}`;
}

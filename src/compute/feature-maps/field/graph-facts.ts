import type { LoadedModel } from "../../model/loaded-model.ts";
import type { ModelLayer } from "../../model/model-layer.ts";
import type { OnnxTensor } from "../../model/onnx/onnx-model.ts";
import { numbersOf } from "../../model/onnx/tensor-numbers.ts";
import { elementCount } from "../../model/onnx/tensor-size.ts";
import type { TensorFacts } from "./operator-facts.ts";

/** Sizes, factors and indices are shorter than this; weights need not be read. */
const MOST_NUMBERS = 65_536;

/**
 * What a model's graph tells of its tensors.
 *
 * @param layers - With the shapes that are known.
 * @param dependent - Names of the tensors that depend on the picture.
 * @param measured - Dimensions that a run answered with.
 */
export function graphFacts(
  { onnx, beside, format }: Pick<LoadedModel, "onnx" | "beside" | "format">,
  layers: readonly ModelLayer[],
  dependent: ReadonlySet<string>,
  measured: ReadonlyMap<string, readonly number[]>,
): TensorFacts {
  const weights = new Map<string, OnnxTensor>();
  for (const tensor of onnx.graph.initializers) weights.set(tensor.name, tensor);
  for (const { opType, attributes, outputs } of onnx.graph.nodes) {
    const value = opType === "Constant" ? attributes.get("value") : undefined;
    if (value?.kind === "tensor") weights.set(outputs[0] ?? "", value.tensor);
  }
  const noted = new Map<string, readonly (number | null)[]>();
  // Keras has channels last in the table where the graph may have them first.
  for (const { outputs } of layers)
    for (const { tensor, channels, shape } of outputs)
      if (shape && (format === "onnx" || channels !== "first")) noted.set(tensor, shape);
  return {
    opset: onnx.opsets.get("") ?? onnx.opsets.get("ai.onnx") ?? 0,
    dims: (name = "") => measured.get(name) ?? noted.get(name) ?? weights.get(name)?.dims ?? null,
    isConstant: (name = "") => name !== "" && !dependent.has(name),
    constant: (name = "") => {
      const tensor = weights.get(name);
      const count = tensor ? elementCount(tensor.dims) : 0;
      const numbers = tensor && count <= MOST_NUMBERS ? numbersOf(tensor, beside) : null;
      return numbers && Array.from({ length: count }, (_, at) => numbers.at(at));
    },
  };
}

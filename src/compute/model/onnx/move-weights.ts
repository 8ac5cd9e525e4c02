import { type OnnxModel, type OnnxTensor, TENSOR_TYPES } from "./onnx-model.ts";

/** Smaller ones, among which are the shapes that the engine reads while it opens a file, stay in it. */
const LEAST_BYTES = 1024;

/**
 * The same model with its large weights beside it, each a file of its own, so that nobody copies them: neither into the
 * bytes of a graph nor out of them.
 */
export function moveWeights(model: OnnxModel): {
  readonly model: OnnxModel;
  readonly beside: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
} {
  const beside = new Map<string, Uint8Array<ArrayBuffer>>();
  const initializers = model.graph.initializers.map((tensor): OnnxTensor => {
    const { data, type } = tensor;
    if (data.kind !== "here" || type !== TENSOR_TYPES.float32 || data.bytes.length < LEAST_BYTES) return tensor;
    const location = `weights-${beside.size}`;
    beside.set(location, data.bytes);
    return { ...tensor, data: { kind: "beside", location, offset: 0, length: data.bytes.length } };
  });
  return { model: { ...model, graph: { ...model.graph, initializers } }, beside };
}

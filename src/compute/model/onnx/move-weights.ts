import { type OnnxModel, type OnnxTensor, TENSOR_TYPES } from "./onnx-model.ts";

/** Smaller ones, among which are the shapes that the engine reads while it opens a file, stay in it. */
const LEAST_BYTES = 1024;

/**
 * The same model with its large weights beside it, each a file of its own, so that nobody copies them: neither into the
 * bytes of a graph nor out of them. But of a buffer of which less than half is used (a file whose other weights were
 * turned) that is copied, so that the buffer itself can go.
 */
export function moveWeights(model: OnnxModel): {
  readonly model: OnnxModel;
  readonly beside: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
} {
  const beside = new Map<string, Uint8Array<ArrayBuffer>>();
  const used = new Map<ArrayBuffer, number>();
  for (const { data } of model.graph.initializers)
    if (data.kind === "here") used.set(data.bytes.buffer, (used.get(data.bytes.buffer) ?? 0) + data.bytes.length);
  const initializers = model.graph.initializers.map((tensor): OnnxTensor => {
    const { data, type } = tensor;
    if (data.kind !== "here") return tensor;
    const { buffer, length } = data.bytes;
    const bytes = 2 * (used.get(buffer) ?? 0) < buffer.byteLength ? data.bytes.slice() : data.bytes;
    if (type !== TENSOR_TYPES.float32 || length < LEAST_BYTES) return { ...tensor, data: { kind: "here", bytes } };
    const location = `weights-${beside.size}`;
    beside.set(location, bytes);
    return { ...tensor, data: { kind: "beside", location, offset: 0, length } };
  });
  return { model: { ...model, graph: { ...model.graph, initializers } }, beside };
}

import type { LoadedModel, ModelFile } from "./loaded-model.ts";

/**
 * The buffers of a model's files of which nothing is used once it is read, so that their memory can be given back: those
 * of a Keras file most of whose weights were turned. What is read of an ONNX file stays where it lies.
 */
export function unusedFiles(
  files: readonly ModelFile[],
  { format, onnx, beside }: LoadedModel,
): readonly ArrayBuffer[] {
  if (format !== "keras") return [];
  const used = new Set([...beside.values()].map(({ buffer }) => buffer));
  for (const { data } of onnx.graph.initializers) if (data.kind === "here") used.add(data.bytes.buffer);
  return files.map(({ bytes }) => bytes.buffer).filter((buffer) => !used.has(buffer));
}

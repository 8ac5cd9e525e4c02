import { readOnnx } from "../../src/compute/model/onnx/read/read-onnx.ts";
import { writeOnnx } from "../../src/compute/model/onnx/write/write-onnx.ts";
import { referenceFile } from "./engine-goldens.ts";

/** A committed network as PyTorch's exporter writes one: every larger weight in a file beside it. Contents by name. */
export function withDataBeside(name: string): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  const model = readOnnx(referenceFile(name), name);
  const parts: Uint8Array[] = [];
  let offset = 0;
  const initializers = model.graph.initializers.map((tensor) => {
    if (tensor.data.kind !== "here" || tensor.data.bytes.length < 64) return tensor;
    const { bytes } = tensor.data;
    const data = { kind: "beside", location: `${name}.data`, offset, length: bytes.length } as const;
    parts.push(bytes);
    offset += bytes.length;
    return { ...tensor, data };
  });
  return {
    [name]: writeOnnx({ ...model, graph: { ...model.graph, initializers } }),
    [`${name}.data`]: Uint8Array.from(Buffer.concat(parts)),
  };
}

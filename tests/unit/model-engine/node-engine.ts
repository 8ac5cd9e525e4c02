import * as ort from "onnxruntime-web";
import { Engine } from "../../../src/compute/model/engine/engine.ts";
import type { GraphFile } from "../../../src/compute/model/engine/graph-session.ts";
import { type OnnxModel, type OnnxNode, TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { writeOnnx } from "../../../src/compute/model/onnx/write/write-onnx.ts";

ort.env.wasm.numThreads = 1;

/** The engine in Node: WebAssembly alone. */
export const nodeOrt = ort;

export const nodeEngine = () => new Engine(() => ort);

/** A file whose only operator takes "x" and answers with "y". */
export function oneOperator(
  opType: string,
  {
    domain = "",
    opset = 17,
    irVersion = 8,
    dims = ["n", 3] as readonly (number | string | null)[],
    type = TENSOR_TYPES.float32 as number,
    inputs = ["x"],
    initializers = [] as OnnxModel["graph"]["initializers"],
  } = {},
): GraphFile {
  const node: OnnxNode = {
    name: "the node",
    opType,
    domain,
    inputs,
    outputs: ["y"],
    attributes: new Map(),
    metadata: new Map(),
  };
  const file = writeOnnx({
    irVersion,
    opsets: new Map([["", opset], ...(domain ? [[domain, 1] as const] : [])]),
    producer: "",
    graph: {
      name: "one",
      nodes: [node],
      initializers,
      inputs: [{ name: "x", type, dims }],
      outputs: [{ name: "y", type, dims: null }],
      values: [],
    },
  });
  return { name: "one.onnx", file, beside: new Map() };
}

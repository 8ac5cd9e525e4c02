import { type OnnxModel, TENSOR_TYPES } from "../onnx/onnx-model.ts";
import { operator } from "../onnx/operator.ts";
import { WireWriter } from "../onnx/wire/wire-writer.ts";
import { GRAPH, INITIALIZER, NODE } from "../onnx/write/rewrite-graph.ts";
import { nodeMessage, tensorMessage } from "../onnx/write/write-onnx.ts";

/** A tensor's mean or maximum over the axes of its places, taken by the graph: no other number of it leaves the processor. */
export interface TensorPool {
  readonly tensor: string;
  readonly pooling: "avg" | "max";
  /** Those that go. */
  readonly axes: readonly number[];
}

/** Opset from which the axes are an input and no attribute. */
const INPUTS_SINCE = 18;

/** The tensor that the graph answers with in a pooled one's place. */
export function pooledName({ tensor, pooling }: Pick<TensorPool, "tensor" | "pooling">): string {
  return `layerscope/${pooling}/${tensor}`;
}

/**
 * The file with these pools at its end, in single precision whatever the tensors' own type: protobuf puts the pieces of a
 * graph together.
 */
export function withPools(
  file: Uint8Array<ArrayBuffer>,
  { opsets }: Pick<OnnxModel, "opsets">,
  pools: readonly TensorPool[],
): Uint8Array<ArrayBuffer> {
  const areInputs = (opsets.get("") ?? 0) >= INPUTS_SINCE;
  const piece = new WireWriter();
  for (const pool of pools) {
    const { tensor, pooling, axes } = pool;
    const name = pooledName(pool);
    const [single, places] = [`${name}/single`, `${name}/axes`];
    const reduce = pooling === "avg" ? "ReduceMean" : "ReduceMax";
    const settings = { keepdims: 0, ...(!areInputs && { axes }) };
    const taken = areInputs ? [single, places] : [single];
    piece.message(NODE, nodeMessage(operator(single, "Cast", [tensor], [single], { to: TENSOR_TYPES.float32 })));
    piece.message(NODE, nodeMessage(operator(name, reduce, taken, [name], settings)));
    const bytes = new Uint8Array(BigInt64Array.from(axes, BigInt).buffer);
    const data = { kind: "here", bytes } as const;
    if (areInputs)
      piece.message(INITIALIZER, tensorMessage({ name: places, type: TENSOR_TYPES.int64, dims: [axes.length], data }));
  }
  return new WireWriter().raw(file).message(GRAPH, piece).finish();
}

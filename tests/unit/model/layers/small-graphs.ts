import {
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxValue,
  TENSOR_TYPES,
} from "../../../../src/compute/model/onnx/onnx-model.ts";

type Dims = NonNullable<OnnxValue["dims"]>;

/** An operator; its first output names it. */
export function operator(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OnnxNode {
  const name = `${opType} ${outputs[0]}`;
  return {
    name,
    opType,
    domain: "",
    inputs,
    outputs,
    attributes: new Map(Object.entries(attributes)),
    metadata: new Map(),
  };
}

/** A model of operators; weights are zeros in single precision. */
export function graphOf(
  nodes: readonly OnnxNode[],
  inputs: Readonly<Record<string, Dims>>,
  weights: Readonly<Record<string, readonly number[]>> = {},
  noted: Readonly<Record<string, Dims>> = {},
): OnnxModel {
  const value = ([name, dims]: [string, Dims]): OnnxValue => ({ name, type: TENSOR_TYPES.float32, dims });
  return {
    irVersion: 10,
    opsets: new Map([["", 23]]),
    producer: "",
    graph: {
      name: "small",
      nodes,
      initializers: Object.entries(weights).map(([name, dims]) => ({
        name,
        type: TENSOR_TYPES.float32,
        dims,
        data: { kind: "here", bytes: new Uint8Array(4 * dims.reduce((product, size) => product * size, 1)) },
      })),
      inputs: Object.entries(inputs).map(value),
      outputs: [{ name: nodes.at(-1)?.outputs[0] ?? "", type: 0, dims: null }],
      values: Object.entries(noted).map(value),
    },
  };
}

import { readFileSync } from "node:fs";
import * as ort from "onnxruntime-web";
import { describe, expect, test } from "vitest";
import {
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  TENSOR_TYPES,
} from "../../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnx } from "../../../../src/compute/model/onnx/read/read-onnx.ts";
import { writeOnnx } from "../../../../src/compute/model/onnx/write/write-onnx.ts";
import { run } from "./onnx-goldens.ts";

const floats = (...values: number[]) => ({
  kind: "here" as const,
  bytes: new Uint8Array(Float32Array.from(values).buffer),
});
const node = (
  opType: string,
  inputs: string[],
  outputs: string[],
  attributes: Record<string, OnnxAttribute> = {},
): OnnxNode => ({
  name: `make_${outputs[0]}`,
  opType,
  domain: "",
  inputs,
  outputs,
  attributes: new Map(Object.entries(attributes)),
  metadata: new Map([["module", `part.${opType}`]]),
});

/** Every kind of attribute and tensor, and an optional input left out. */
function builtModel(place: "here" | "beside"): OnnxModel {
  const kernel = [1, 2, 3, 4, -1, -2, -3, -4];
  return {
    irVersion: 8,
    opsets: new Map([["", 17]]),
    producer: "layerscope 0.1.0",
    metadata: new Map([["names", "['low', 'high']"]]),
    functions: [],
    graph: {
      name: "small",
      nodes: [
        node("Conv", ["pixels", "kernel"], ["edges"], {
          kernel_shape: { kind: "ints", values: [2, 2] },
          pads: { kind: "ints", values: [0, 0, 1, 1] },
          group: { kind: "int", value: 1 },
          auto_pad: { kind: "string", value: "NOTSET" },
        }),
        node("Clip", ["edges", "", "ceiling"], ["clipped"]),
        node("LeakyRelu", ["clipped"], ["bent"], { alpha: { kind: "float", value: 0.25 } }),
        node("Constant", [], ["axes"], {
          value: {
            kind: "tensor",
            tensor: {
              name: "",
              type: TENSOR_TYPES.int64,
              dims: [2],
              data: { kind: "here", bytes: new Uint8Array(BigInt64Array.of(2n, 3n).buffer) },
            },
          },
        }),
        node("ReduceMean", ["bent"], ["means"], {
          axes: { kind: "ints", values: [-2, -1] },
          keepdims: { kind: "int", value: 0 },
        }),
        node("ReduceSum", ["bent", "axes"], ["sums"]),
      ],
      initializers: [
        {
          name: "kernel",
          type: TENSOR_TYPES.float32,
          dims: [2, 1, 2, 2],
          data:
            place === "here" ? floats(...kernel) : { kind: "beside", location: "small.weights", offset: 8, length: 32 },
        },
        { name: "ceiling", type: TENSOR_TYPES.float32, dims: [], data: floats(20) },
      ],
      inputs: [{ name: "pixels", type: TENSOR_TYPES.float32, dims: ["batch", 1, 3, 3] }],
      outputs: [
        { name: "means", type: TENSOR_TYPES.float32, dims: ["batch", 2] },
        { name: "sums", type: TENSOR_TYPES.float32, dims: ["batch", 2, 1, 1] },
      ],
      values: [{ name: "edges", type: TENSOR_TYPES.float32, dims: ["batch", 2, 3, 3] }],
    },
  };
}

const committed = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../reference/models/${name}`, import.meta.url)));
const pixels = new ort.Tensor(
  "float32",
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((value) => value / 2),
  [1, 1, 3, 3],
);

describe("a graph that is built here", () => {
  // onnx.checker judges these files, and onnxruntime runs them, in make-onnx-goldens.py.
  test("is written as the file that ONNX' own checker has found valid", () => {
    expect(writeOnnx(builtModel("here"))).toEqual(committed("written-model.onnx"));
  });

  test("is written with its weights beside it as the file that the checker has found valid", () => {
    expect(writeOnnx(builtModel("beside"))).toEqual(committed("written-beside.onnx"));
  });

  test("computes what onnxruntime computes, with weights in the file or beside it", async () => {
    const right = JSON.parse(
      readFileSync(new URL("../../../reference/models/written-answers.json", import.meta.url), "utf8"),
    );
    const weights = committed("small.weights");
    for (const place of ["here", "beside"] as const) {
      const file = writeOnnx(builtModel(place));
      const answers = await run(
        { file, beside: new Map(place === "here" ? [] : [["small.weights", weights]]) },
        pixels,
      );
      for (const [name, values] of Object.entries<number[]>(right))
        for (const [at, value] of values.entries()) expect(answers.get(name)?.values[at], name).toBeCloseTo(value, 5);
    }
  });

  test("is read again as it was", () => {
    expect(readOnnx(writeOnnx(builtModel("here")))).toEqual(builtModel("here"));
    expect(readOnnx(writeOnnx(builtModel("beside")))).toEqual(builtModel("beside"));
  });

  test("keeps whole numbers at both ends of 64 bits, and those below zero", () => {
    const values = [2 ** 63, -(2 ** 63), -1, 0, 127, 128, 2 ** 53 - 1, -(2 ** 40)];
    const model = builtModel("here");
    const [first, ...others] = model.graph.nodes;
    if (!first) throw new Error("no node");
    const changed = { ...first, attributes: new Map([["far", { kind: "ints" as const, values }]]) };
    const again = readOnnx(writeOnnx({ ...model, graph: { ...model.graph, nodes: [changed, ...others] } }));
    expect(again.graph.nodes[0]?.attributes.get("far")).toEqual({ kind: "ints", values });
  });
});

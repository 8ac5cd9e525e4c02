import { describe, expect, it } from "vitest";
import { GraphSession } from "../../../../src/compute/model/engine/graph-session.ts";
import {
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  TENSOR_TYPES,
} from "../../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnx } from "../../../../src/compute/model/onnx/read/read-onnx.ts";
import { cutGraph } from "../../../../src/compute/model/onnx/write/cut-graph.ts";
import { writeOnnx } from "../../../../src/compute/model/onnx/write/write-onnx.ts";
import { nodeEngine } from "../../model-engine/node-engine.ts";
import { goldenModel, modelBytes } from "./onnx-goldens.ts";

const nodeOf = (opType: string, inputs: readonly string[], outputs: readonly string[]): OnnxNode => ({
  name: outputs[0] ?? "",
  opType,
  domain: "",
  inputs,
  outputs,
  attributes: new Map(),
  metadata: new Map(),
});
const besideOf = (name: string): OnnxTensor => ({
  name,
  type: TENSOR_TYPES.float32,
  dims: [3],
  data: { kind: "beside", location: `${name}.data`, offset: 0, length: 12 },
});
const value = (name: string) => ({ name, type: TENSOR_TYPES.float32, dims: ["n", 3] });

/** x + early, then a head that no engine knows. */
const model: OnnxModel = {
  irVersion: 8,
  opsets: new Map([["", 17]]),
  producer: "",
  graph: {
    name: "net",
    nodes: [nodeOf("Add", ["x", "w_early"], ["early"]), nodeOf("Baz", ["early", "w_head"], ["scores", "more"])],
    initializers: [besideOf("w_early"), besideOf("w_head")],
    inputs: [value("x"), value("w_head")],
    outputs: [value("scores"), value("more")],
    values: [value("early"), value("w_head")],
  },
};
const beside = new Map([
  ["w_early.data", new Uint8Array(Float32Array.of(1, 2, 3).buffer)],
  ["w_head.data", new Uint8Array(12)],
]);
const whole = { file: writeOnnx(model), beside };

describe("the part of a model that answers with a layer", () => {
  it("has no operator, weight, file, note or input of what comes after it, and does not run it", async () => {
    const part = cutGraph(whole, ["early"]);
    const { graph } = readOnnx(part.file);
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(["Add"]);
    expect(graph.initializers.map(({ name }) => name)).toEqual(["w_early"]);
    expect([graph.inputs, graph.outputs, graph.values].map((all) => all.map(({ name }) => name))).toEqual([
      ["x"],
      ["early"],
      ["early"],
    ]);
    expect([...part.beside.keys()]).toEqual(["w_early.data"]);
    const session = new GraphSession(nodeEngine(), { name: "net.onnx", ...part }, { processor: "CPU" });
    const answers = await session.run([{ name: "x", type: 1, dims: [1, 3], values: Float32Array.of(10, 10, 10) }]);
    expect([...answers].map(([name, { data }]) => [name, ...data])).toEqual([["early", 11, 12, 13]]);
  });

  it("answers with the model's outputs first, then with the others as they are named, each once", () => {
    const { graph } = readOnnx(cutGraph(whole, ["early", "more", "early", "scores"]).file);
    expect(graph.outputs.map(({ name }) => name)).toEqual(["scores", "more", "early"]);
    expect(graph.outputs[0]).toEqual(value("scores"));
  });

  it("keeps what a graph inside an operator takes from outside", () => {
    const inside = {
      ...model.graph,
      nodes: [nodeOf("Neg", ["early"], ["z"])],
      inputs: [],
      initializers: [],
      values: [],
    };
    const choice: OnnxNode = {
      ...nodeOf("If", ["w_head"], ["chosen"]),
      attributes: new Map([["then_branch", { kind: "graph", graph: { ...inside, outputs: [value("z")] } }]]),
    };
    const nodes = [...model.graph.nodes, choice];
    const file = writeOnnx({ ...model, graph: { ...model.graph, nodes } });
    const { graph } = readOnnx(cutGraph({ file, beside }, ["chosen"]).file);
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(["Add", "If"]);
    expect(graph.initializers.map(({ name }) => name)).toEqual(["w_early", "w_head"]);
  });

  it("may be the input itself", async () => {
    const part = cutGraph(whole, ["x"]);
    const session = new GraphSession(nodeEngine(), { name: "net.onnx", ...part }, { processor: "CPU" });
    const answers = await session.run([{ name: "x", type: 1, dims: [1, 3], values: Float32Array.of(4, 5, 6) }]);
    expect([...(answers.get("x")?.data ?? [])]).toEqual([4, 5, 6]);
  });

  it("is the whole of a model whose outputs are asked for", () => {
    const file = modelBytes(goldenModel("TorchScript, opset 17"));
    const { graph } = readOnnx(file);
    const own = graph.outputs.map(({ name }) => name);
    expect(readOnnx(cutGraph({ file, beside: new Map() }, own).file)).toEqual(readOnnx(file));
  });

  it("is refused for a name that is no tensor", () => {
    expect(() => cutGraph(whole, ["conv9"])).toThrow('The graph has no tensor named "conv9".');
  });
});

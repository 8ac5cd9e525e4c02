import { expect, test } from "vitest";
import { captureGraph } from "../../../src/compute/gradient/capture-graph.ts";
import { gradientGraph } from "../../../src/compute/gradient/gradient-graph.ts";
import { gradientPath } from "../../../src/compute/gradient/gradient-path.ts";
import { findHead } from "../../../src/compute/gradient/head.ts";
import { GraphSession } from "../../../src/compute/model/engine/graph-session.ts";
import { modelInputs } from "../../../src/compute/model/engine/model-inputs.ts";
import type { LoadedModel } from "../../../src/compute/model/loaded-model.ts";
import { type OnnxNode, TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnx } from "../../../src/compute/model/onnx/read/read-onnx.ts";
import { readValue } from "../../../src/compute/model/onnx/read/read-value.ts";
import { WireWriter } from "../../../src/compute/model/onnx/wire/wire-writer.ts";
import { GRAPH, INPUT, rewriteGraph } from "../../../src/compute/model/onnx/write/rewrite-graph.ts";
import { valueMessage } from "../../../src/compute/model/onnx/write/write-onnx.ts";
import { caseModel, type GradientCase, node, tensor } from "../../support/gradient-check.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const engine = nodeEngine();

const modelOf = (nodes: readonly OnnxNode[], others: Partial<GradientCase> = {}) =>
  caseModel({ name: "net.onnx", opset: 17, nodes, inputs: { x: tensor([1, 4]) }, ...others });

const from = (domain: string, each: OnnxNode): OnnxNode => ({ ...each, domain });

test("operators that have no gradient are named with their nodes, all at once and before anything runs", () => {
  const foreign = ["FusedConv", "SkipLayerNormalization"].map((opType, place) =>
    from("com.microsoft", node(opType, [place === 0 ? "x" : "FusedConv"], [opType])),
  );
  const model = modelOf([...foreign, node("Det", ["SkipLayerNormalization"], ["y"])]);
  expect(() => gradientPath(model, "y", "x")).toThrow(
    'net.onnx can\'t be differentiated: no gradient is known of FusedConv (com.microsoft) at the node "FusedConv", ' +
      'SkipLayerNormalization (com.microsoft) at the node "SkipLayerNormalization", Det at the node "y". ' +
      "Take the file as its exporter wrote it, before ONNX Runtime joined its operators.",
  );
});

test("of more than five kinds the others are counted", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  const nodes = names.map((name, place) => from("com.microsoft", node(`Op${name}`, [names[place - 1] ?? "x"], [name])));
  expect(() => gradientPath(modelOf(nodes), "g", "x")).toThrow(
    /Ope \(com\.microsoft\) at the node "e" and 2 more kinds/,
  );
});

test("a quantised model is refused with the remedy for it, but one that keeps its weights so is not", () => {
  const scales = { scale: tensor([]), zero: { dims: [], values: [0], type: "uint8" as const } };
  const packed = { weight: { dims: [4, 2], values: [1, 2, 3, 4, 5, 6, 7, 8], type: "uint8" as const } };
  const unpacked = node("DequantizeLinear", ["weight", "scale", "zero"], ["matrix"]);
  const product = node("MatMul", ["x", "matrix"], ["y"]);
  const initializers = { ...scales, ...packed };
  expect(gradientPath(modelOf([unpacked, product], { initializers }), "y", "x").nodes).toHaveLength(1);
  const quantised = [
    node("QuantizeLinear", ["x", "scale", "zero"], ["steps"]),
    node("DequantizeLinear", ["steps", "scale", "zero"], ["y"]),
  ];
  expect(() => gradientPath(modelOf(quantised, { initializers }), "y", "x")).toThrow(
    /as it was before it was quantised/,
  );
});

test("a branch is refused where it lies on the way, not beside it", () => {
  const graph = { name: "", initializers: [], inputs: [], values: [] };
  const branch = (taken: string): OnnxNode => {
    const outputs = [{ name: "inner", type: TENSOR_TYPES.float32, dims: null }];
    const inside = { ...graph, nodes: [node("Identity", [taken], ["inner"])], outputs };
    const attributes = new Map(
      ["then_branch", "else_branch"].map((key) => [key, { kind: "graph", graph: inside }] as const),
    );
    return { ...node("If", ["yes"], ["branched"]), attributes };
  };
  const initializers = { yes: { dims: [], values: [1], type: "bool" as const }, c: tensor([1, 4]) };
  const sum = node("Add", ["x", "branched"], ["y"]);
  expect(gradientPath(modelOf([branch("c"), sum], { initializers }), "y", "x").nodes).toEqual([sum]);
  expect(() => gradientPath(modelOf([branch("x"), sum], { initializers }), "y", "x")).toThrow(
    /no gradient is known of If at the node "branched"\. .*without branches and loops/,
  );
});

test("what has another size for each picture is refused", () => {
  const nodes = [
    node("NonZero", ["x"], ["places"]),
    node("Cast", ["places"], ["numbers"], { to: 1 }),
    node("ReduceSum", ["numbers"], ["sum"], { keepdims: 0 }),
    node("Mul", ["x", "sum"], ["y"]),
  ];
  expect(() => gradientPath(modelOf(nodes), "y", "x")).toThrow(/NonZero at the node "places" answers has another size/);
});

test("an output that stands on a tensor's size alone has no gradient there", () => {
  const nodes = [node("Shape", ["x"], ["shape"]), node("Cast", ["shape"], ["y"], { to: 1 })];
  expect(() => gradientPath(modelOf(nodes), "y", "x")).toThrow(/does not stand on it, or on its size alone/);
});

test("whole numbers have no gradient", () => {
  const indices = { x: { dims: [1, 2], values: [0, 1], type: "int64" as const } };
  const nodes = [node("Gather", ["table", "x"], ["y"])];
  expect(() =>
    gradientPath(modelOf(nodes, { inputs: indices, initializers: { table: tensor([3, 2]) } }), "y", "x"),
  ).toThrow(/"x" of net\.onnx holds whole numbers \(int64\)/);
});

async function gradientIn(model: LoadedModel, batch = 1) {
  const captured = await captureGraph(engine, model, modelInputs(model, null), batch);
  const made = gradientGraph(model, captured, { output: "y", at: "x", batch, seed: Float32Array.of(1, 1, 1, 1) });
  const session = new GraphSession(engine, made.graph, { processor: "CPU" });
  const values = Float32Array.from({ length: batch * 4 }, (_, place) => place + 1);
  const answers = await session.run([{ name: "x", type: TENSOR_TYPES.float32, dims: [batch, 4], values }]);
  await session.release();
  return { made, gradient: [...(answers.get(made.gradient)?.data ?? [])] };
}

test("weights that are inputs too, as in files of version 3, stay weights", async () => {
  const model = modelOf([node("Mul", ["x", "weight"], ["y"])], {
    initializers: { weight: { dims: [4], values: [2, 3, 4, 5] } },
  });
  const listed = valueMessage({ name: "weight", type: TENSOR_TYPES.float32, dims: [4] });
  const old = new WireWriter()
    .raw(model.file)
    .message(GRAPH, new WireWriter().message(INPUT, listed))
    .integer(1, 3)
    .finish();
  const { made, gradient } = await gradientIn({ ...model, file: old, onnx: readOnnx(old, "old.onnx") });
  expect(gradient).toEqual([2, 3, 4, 5]);
  const listedNow: string[] = [];
  rewriteGraph(made.graph.file, (part) => {
    if (part.field === INPUT) listedNow.push(readValue(part.message()).name);
    else part.skip();
  });
  expect([readOnnx(made.graph.file, "made").irVersion, listedNow]).toEqual([4, ["x"]]);
});

test("a batch that the file leaves open is the request's, and the graph says so", async () => {
  const model = modelOf([node("Mul", ["x", "x"], ["y"])], { openBatch: true });
  const { made, gradient } = await gradientIn(model, 2);
  expect(gradient).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
  const { graph } = readOnnx(made.graph.file, "made");
  expect([...graph.inputs, ...graph.outputs].map(({ dims }) => dims)).toEqual([
    [2, 4],
    [2, 4],
    [2, 4],
  ]);
});

test("float16 is differentiated in single precision", async () => {
  const nodes = [
    node("Cast", ["x"], ["half"], { to: TENSOR_TYPES.float16 }),
    node("Mul", ["half", "half"], ["square"]),
    node("Cast", ["square"], ["y"], { to: TENSOR_TYPES.float32 }),
  ];
  expect((await gradientIn(modelOf(nodes))).gradient).toEqual([2, 4, 6, 8]);
});

test.each(["Softmax", "LogSoftmax", "Sigmoid"])("a final %s is found behind what hands its numbers on", (opType) => {
  const nodes = [
    node("Mul", ["x", "x"], ["z"]),
    node(opType, ["z"], ["p"]),
    node("Reshape", ["p", "shape"], ["r"]),
    node("Identity", ["r"], ["y"]),
  ];
  expect(findHead({ nodes }, "y")).toMatchObject({ logits: "z", probabilities: "y", activation: { opType } });
  expect(findHead({ nodes }, "z")).toEqual({ logits: "z", probabilities: null, activation: null });
});

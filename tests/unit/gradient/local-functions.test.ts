import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { answerKind, modelAnswers } from "../../../src/compute/gradient/answer-kind.ts";
import { ModelGradients } from "../../../src/compute/gradient/model-gradients.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import type { OnnxAttribute, OnnxGraph, OnnxNode } from "../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnx } from "../../../src/compute/model/onnx/read/read-onnx.ts";
import { WireWriter } from "../../../src/compute/model/onnx/wire/wire-writer.ts";
import { inlineFunctions } from "../../../src/compute/model/onnx/write/inline-functions.ts";
import { nodeMessage, opsetMessage } from "../../../src/compute/model/onnx/write/write-onnx.ts";
import { readModel } from "../../../src/compute/model/read-model.ts";
import { caseModel, node, tensor } from "../../support/gradient-check.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

/** An operator by what it takes: an input or a weight by its name, else "which operator:which answer". */
interface Form {
  readonly type: string;
  readonly taken: readonly string[];
  readonly settings: Readonly<Record<string, number | readonly number[]>>;
  readonly graphs: Readonly<Record<string, readonly Form[]>>;
}

/** What tests/reference/models/make-local-functions.py wrote. */
const golden: {
  readonly file: string;
  readonly form: readonly Form[];
  readonly x: readonly number[];
  readonly logits: readonly number[];
  readonly gradient: readonly number[];
} = JSON.parse(readFileSync("tests/reference/models/local-functions.json", "utf8"));

const engine = nodeEngine();
const bytes = Uint8Array.from(Buffer.from(golden.file, "base64"));

function formOf({ inputs, initializers, nodes }: OnnxGraph, outside = new Map<string, string>()): readonly Form[] {
  const made = new Map(outside);
  for (const { name } of [...inputs, ...initializers]) made.set(name, name);
  return nodes.map((each, place): Form => {
    const all = [...each.attributes];
    const taken = each.inputs.map((name) => made.get(name) ?? `no ${name}`);
    const graphs = all.flatMap(([key, of]) => (of.kind === "graph" ? [[key, formOf(of.graph, made)] as const] : []));
    for (const [answer, name] of each.outputs.entries()) made.set(name, `${outside.size}/${place}:${answer}`);
    const settings = Object.fromEntries(all.flatMap(([key, of]) => settingOf(key, of)));
    return { type: each.opType, taken, settings, graphs: Object.fromEntries(graphs) };
  });
}

function settingOf(key: string, of: OnnxAttribute): readonly (readonly [string, number | readonly number[]])[] {
  if (of.kind === "int" || of.kind === "float") return [[key, of.value]];
  return of.kind === "ints" ? [[key, of.values]] : [];
}

test("calls are what onnx.inliner puts in their places: two of one function, functions in functions, with the call's attributes", () => {
  const { onnx } = inlineFunctions({ file: bytes, onnx: readOnnx(bytes) });
  expect(formOf(onnx.graph)).toEqual(golden.form);
  const names = onnx.graph.nodes.flatMap(({ outputs }) => outputs);
  expect(new Set(names).size).toBe(names.length);
});

test("the gradient through local functions, the final Softmax in one of them, is PyTorch's in double precision", async () => {
  const model = await readModel([{ name: "functions.onnx", bytes }], null);
  const open = await OpenModel.open(engine, model, { processor: "cpu", shape: null });
  const gradients = new ModelGradients(engine, open);
  const asked = { target: { class: 1 }, batch: 2 };
  const session = await gradients.gradient(asked);
  const pictures = Float32Array.from(golden.x);
  const found = await session.run(pictures, 2);
  expect(session.graph.notes).toEqual(["The logits are differentiated: the final Softmax is left out."]);
  for (const [place, value] of golden.gradient.entries()) expect(found.gradients[place]).toBeCloseTo(value, 4);
  const alone = await (await gradients.score(asked)).run(pictures, 2);
  for (const scores of [found.scores, alone.scores])
    for (const row of [0, 1]) expect(scores[row]).toBeCloseTo(golden.logits[3 * row + 1] ?? Number.NaN, 4);
});

test("the layer table has the calls, as the file has them", async () => {
  const { layers } = await readModel([{ name: "functions.onnx", bytes }], null);
  const types = ["Flatten", "Dense", "Dense", "Mul", "Choice", "ReduceMean", "Add", "Add", "Head"];
  expect(layers.map(({ type }) => type)).toEqual(types);
});

/** A model whose operators call functions of the domain "local", each with its overload and the domains it names. */
function modelWith(
  nodes: readonly OnnxNode[],
  functions: readonly { overload?: string; inputs: readonly string[]; nodes: readonly OnnxNode[]; domain?: string }[],
) {
  const { file } = caseModel({ name: "functions", opset: 17, nodes, inputs: { x: tensor([2, 3], -2, 2) } });
  const written = new WireWriter().raw(file).message(8, opsetMessage("local", 1));
  for (const { overload = "", inputs, nodes: body, domain } of functions) {
    const message = new WireWriter().text(1, "F").text(10, "local").text(13, overload).text(5, "y");
    for (const name of inputs) message.text(4, name);
    for (const each of body) message.message(7, nodeMessage(each));
    for (const [name, version] of [["", 17], ["local", 1], ...(domain ? [[domain, 1] as const] : [])] as const)
      message.message(9, opsetMessage(name, version));
    written.message(25, message);
  }
  const whole = written.integer(1, 10).finish();
  return { file: whole, onnx: readOnnx(whole) };
}

const call = (inputs: readonly string[], outputs: readonly string[], overload = ""): OnnxNode => ({
  ...node("F", inputs, outputs),
  domain: "local",
  ...(overload !== "" && { overload }),
});

test("of functions of one name the overload tells which is called", () => {
  const functions = [
    { overload: "one", inputs: ["x"], nodes: [node("Neg", ["x"], ["y"])] },
    { overload: "two", inputs: ["x"], nodes: [node("Abs", ["x"], ["y"])] },
  ];
  const { onnx } = inlineFunctions(modelWith([call(["x"], ["a"], "two"), call(["a"], ["y"], "one")], functions));
  expect(onnx.graph.nodes.map(({ opType }) => opType)).toEqual(["Abs", "Neg"]);
});

test("an input that the call leaves out is left out inside, and a domain that only the function names is the file's too", () => {
  const clip = node("Clip", ["x", "low", "high"], ["t"]);
  const gelu: OnnxNode = { ...node("QuickGelu", ["t"], ["y"]), domain: "com.microsoft" };
  const functions = [{ inputs: ["x", "low", "high"], nodes: [clip, gelu], domain: "com.microsoft" }];
  const { onnx } = inlineFunctions(modelWith([node("Neg", ["x"], ["t"]), call(["t"], ["y"])], functions));
  expect(onnx.opsets.get("com.microsoft")).toBe(1);
  const [, clipped, last] = onnx.graph.nodes;
  expect(clipped?.inputs).toEqual(["t", "", ""]);
  expect(clipped?.outputs[0]).not.toBe("t");
  expect(last?.inputs).toEqual(clipped?.outputs);
});

test("what two calls of one name hold has names of its own", () => {
  const functions = [{ inputs: ["x"], nodes: [node("Neg", ["x"], ["t"]), node("Abs", ["t"], ["y"])] }];
  const calls = [call(["x"], ["a"]), call(["a"], ["y"])].map((each) => ({ ...each, name: "same" }));
  const { onnx } = inlineFunctions(modelWith(calls, functions));
  const names = onnx.graph.nodes.flatMap(({ outputs }) => outputs);
  expect([names.length, new Set(names).size]).toEqual([4, 4]);
});

test("a model without calls is handed back as it is", () => {
  const model = caseModel({ name: "plain", opset: 17, nodes: [node("Neg", ["x"], ["y"])], inputs: { x: tensor([2]) } });
  expect(inlineFunctions(model)).toBe(model);
});

test("whether a model answers with shares is told by what its last function ends in", async () => {
  const model = await readModel([{ name: "functions.onnx", bytes }], null);
  expect(model.onnx.graph.nodes.at(-1)?.opType).toBe("Head");
  expect([answerKind(model.onnx.graph), modelAnswers(model)]).toEqual(["logits", "probabilities"]);
});

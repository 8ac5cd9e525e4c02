import { describe, expect, test } from "vitest";
import { readOnnx } from "../../../../src/compute/model/onnx/read/read-onnx.ts";
import { readOnnxFiles } from "../../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { cutGraph } from "../../../../src/compute/model/onnx/write/cut-graph.ts";
import { writeOnnx } from "../../../../src/compute/model/onnx/write/write-onnx.ts";
import {
  distance,
  filesOf,
  floatsOf,
  type GoldenModel,
  goldenModel,
  goldens,
  inputOf,
  modelBytes,
  run,
} from "./onnx-goldens.ts";

const HALF = "half precision";
const typeOf = ({ name }: GoldenModel) => (name === HALF ? "float16" : "float32");

describe("a file of an exporter", () => {
  test.each(goldens.models)("$name: every operator's answer is onnxruntime's once it is an output", async (golden) => {
    const model = readOnnxFiles(filesOf(golden));
    const part = cutGraph(
      model,
      golden.answers.map(({ tensor }) => tensor),
    );
    const answers = await run({ ...model, ...part }, inputOf(golden, typeOf(golden)));
    for (const { tensor, dims, first } of golden.answers) {
      expect(answers.get(tensor)?.dims, tensor).toEqual(dims);
      const right = floatsOf(first);
      expect(distance(answers.get(tensor)?.values.subarray(0, right.length) ?? [], right), tensor).toBeLessThan(
        golden.name === HALF ? 2e-3 : 1e-5,
      );
    }
  });

  test.each(goldens.models)("$name: computes the same once it was written anew", async (golden) => {
    const model = readOnnxFiles(filesOf(golden));
    const input = inputOf(golden, typeOf(golden));
    const written = await run({ ...model, file: writeOnnx(model.onnx) }, input);
    for (const [name, answer] of await run(model, input)) expect(written.get(name), name).toEqual(answer);
  });

  test.each(goldens.models)("$name: is the same model once it was written anew", (golden) => {
    const model = readOnnx(modelBytes(golden));
    const again = readOnnx(writeOnnx(model));
    expect({ ...again, irVersion: model.irVersion }).toEqual(model);
  });
});

describe("what a file says", () => {
  test("weights are the file's own bytes, not copies", () => {
    const file = modelBytes(goldenModel("TorchScript, opset 17"));
    const { initializers } = readOnnx(file).graph;
    expect(initializers.length).toBeGreaterThan(5);
    for (const { data } of initializers) expect(data.kind === "here" && data.bytes.buffer).toBe(file.buffer);
  });

  test("floats and whole numbers of typed fields come out as bytes", () => {
    const { graph, irVersion } = readOnnx(modelBytes(goldenModel("typed fields, IR version 3")));
    const bytes = (name: string) => {
      const data = graph.initializers.find((tensor) => tensor.name === name)?.data;
      return data?.kind === "here" ? data.bytes.slice().buffer : new ArrayBuffer(0);
    };
    expect(irVersion).toBe(3);
    expect([...new BigInt64Array(bytes("shape"))]).toEqual([-1n, 1n, 2n]);
    expect([...new Float32Array(bytes("half"))]).toEqual([0.5]);
    expect(new Float32Array(bytes("w"))).toHaveLength(6);
  });

  test("weights that stand among the inputs are none", () => {
    const { inputs } = readOnnx(modelBytes(goldenModel("typed fields, IR version 3"))).graph;
    expect(inputs).toEqual([{ name: "x", type: 1, dims: ["n", 3] }]);
  });

  test("opsets, the writer, metadata and local functions are there", () => {
    const model = readOnnx(modelBytes(goldenModel("a local function and a choice")));
    expect([...model.opsets]).toEqual([
      ["", 17],
      ["own", 1],
    ]);
    expect(model.metadata?.get("names")).toBe("{0: 'cat', 1: 'dog'}");
    expect(model.functions?.map(({ domain, name, nodes }) => [domain, name, nodes[0]?.opType])).toEqual([
      ["own", "Twice", "Add"],
    ]);
    expect(readOnnx(modelBytes(goldenModel("torch.export"))).producer).toMatch(/^pytorch 2\.13/);
  });

  test("a graph inside an operator is read with its operators", () => {
    const { nodes } = readOnnx(modelBytes(goldenModel("a local function and a choice"))).graph;
    const branch = nodes.find(({ opType }) => opType === "If")?.attributes.get("then_branch");
    expect(branch?.kind === "graph" && branch.graph.nodes.map(({ opType }) => opType)).toEqual(["Relu"]);
  });

  test("modules that PyTorch's exporter notes come with the operators", () => {
    const { nodes } = readOnnx(modelBytes(goldenModel("torch.export"))).graph;
    expect(nodes[0]?.metadata.get("pkg.torch.onnx.name_scopes")).toContain("'bn1'");
  });
});

describe("weights in the model's own file", () => {
  const golden = goldenModel("TorchScript, opset 17");
  const file = modelBytes(golden);
  const heavy = () => {
    const model = readOnnx(file);
    const [convolution] = model.graph.nodes;
    if (!convolution) throw new Error("no operator");
    // A weight that is large enough to be moved, on a way beside the others that the answer takes in.
    const bytes = new Uint8Array(new Float32Array(1200).fill(0.25).buffer);
    const big = { name: "big", type: 1, dims: [1200], data: { kind: "here" as const, bytes } };
    const node = (opType: string, inputs: string[], outputs: string[]) => ({
      ...convolution,
      name: outputs[0] ?? "",
      attributes: new Map(),
      opType,
      inputs,
      outputs,
    });
    const output = model.graph.outputs[0]?.name ?? "";
    return writeOnnx({
      ...model,
      graph: {
        ...model.graph,
        initializers: [...model.graph.initializers, big],
        nodes: [...model.graph.nodes, node("ReduceSum", ["big"], ["sum"]), node("Add", [output, "sum"], ["more"])],
        outputs: [...model.graph.outputs, { name: "more", type: 1, dims: null }],
      },
    });
  };

  test("are handed to the engine as they lie in the file, and computed with", async () => {
    const bytes = heavy();
    const model = readOnnxFiles([{ name: "net.onnx", bytes }]);
    expect(model.beside.get("net.onnx")).toBe(bytes);
    expect(model.file.length).toBeLessThan(bytes.length - 4700);
    const right = await run({ file: bytes, beside: new Map() }, inputOf(golden));
    const found = await run(model, inputOf(golden));
    expect(found).toEqual(right);
    const [own] = readOnnx(file).graph.outputs;
    expect(found.get("more")?.values[0]).toBeCloseTo((found.get(own?.name ?? "")?.values[0] ?? 0) + 300, 3);
  });

  test("stay where none is large", () => {
    const model = readOnnxFiles([{ name: "net.onnx", bytes: file }]);
    expect(model.file).toBe(file);
    expect(model.beside.size).toBe(0);
  });
});

import { describe, expect, test } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import type { ModelFile } from "../../../../src/compute/model/loaded-model.ts";
import { foreignOperators } from "../../../../src/compute/model/onnx/foreign-operators.ts";
import type { OnnxModel, OnnxNode } from "../../../../src/compute/model/onnx/onnx-model.ts";
import { quantizedOperators } from "../../../../src/compute/model/onnx/quantized-operators.ts";
import { readOnnx } from "../../../../src/compute/model/onnx/read/read-onnx.ts";
import { readOnnxFiles } from "../../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { writeOnnx } from "../../../../src/compute/model/onnx/write/write-onnx.ts";
import { filesOf, goldenModel, modelBytes } from "./onnx-goldens.ts";

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const padded = (text: string) => latin(text.padEnd(300, "\0"));

function refusal(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    readOnnx(bytes, "net.onnx");
  } catch (thrown) {
    if (thrown instanceof ComputeError && thrown.kind === "input" && thrown.remedy) return thrown.message;
    throw thrown;
  }
  throw new Error("read");
}

/** Bytes as even as an encrypted file's, from a small generator (Numerical Recipes' constants). */
function noise(length: number): Uint8Array<ArrayBuffer> {
  let state = 7;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

describe("what is no ONNX model is refused by what it looks like", () => {
  test.each([
    ["an empty file", new Uint8Array(0)],
    ["HDF5, which Keras writes", padded("\x89HDF\r\n\x1a\n")],
    ["a Keras file (.keras)", padded("PK\x03\x04....config.json..model.weights.h5")],
    ["a PyTorch file (.pt, .pth)", padded("PK\x03\x04..............archive/data.pkl")],
    ["a zip archive", padded("PK\x03\x04..readme.md")],
    ["a pickle of Python", padded("\x80\x02}q\x00X")],
    ["safetensors", padded('\x40\0\0\0\0\0\0\0{"conv1.weight":')],
    ["a pointer of Git LFS", latin("version https://git-lfs.github.com/spec/v1\noid sha256:12\n")],
    ["a page of the web", latin("\n<!DOCTYPE html><html><body>Sign in</body></html>")],
    ["JSON", latin('{"error": "not found"}')],
    ["text", latin("404: Not Found")],
    ["a gzip archive", padded("\x1f\x8b\x08")],
    ["TensorFlow Lite", padded("\x1c\0\0\0TFL3")],
    ["ONNX Runtime's own format", padded("\x1c\0\0\0ORTM")],
    ["nothing but zeros", new Uint8Array(4096)],
  ])("%s", (what, bytes) => {
    expect(refusal(bytes)).toContain(`net.onnx is no ONNX model: it looks like ${what}`);
  });

  test("bytes as even as chance", () => {
    expect(refusal(noise(10_000))).toContain("its bytes look like chance, as when a file is encrypted");
  });

  test("protobuf of another kind", () => {
    expect(refusal(Uint8Array.of(8, 1, 18, 2, 65, 66))).toContain("it has no graph");
  });
});

describe("a model that is not whole", () => {
  const whole = modelBytes(goldenModel("TorchScript, opset 17"));

  test("is called truncated, with what it has and what it needs", () => {
    expect(refusal(whole.slice(0, 3000))).toMatch(
      /^net\.onnx is truncated or no ONNX model: it has 3,000 bytes and needs \d,\d+ at least\. Copy or download it again\.$/,
    );
  });

  test("is called damaged where a field makes no sense", () => {
    const broken = whole.slice();
    // Inside the graph, the first node claims to be longer than the graph.
    broken.fill(0xff, 40, 50);
    expect(refusal(broken)).toContain("net.onnx is damaged or no ONNX model: what it says at byte ");
  });

  test("is refused where a weight has other than the bytes it needs", () => {
    const model = readOnnx(whole);
    const [first, ...others] = model.graph.initializers;
    const wrong = {
      ...first,
      name: first?.name ?? "",
      type: 1,
      dims: [5, 9],
      data: first?.data ?? { kind: "here" as const, bytes: new Uint8Array(0) },
    };
    const file = writeOnnx({ ...model, graph: { ...model.graph, initializers: [wrong, ...others] } });
    expect(refusal(file)).toMatch(/The tensor ".*" has 160 bytes, but its dimensions 5 x 9 need 180\./);
  });

  test("an empty graph is refused", () => {
    const model = readOnnx(whole);
    expect(refusal(writeOnnx({ ...model, graph: { ...model.graph, nodes: [] } }))).toContain("it has no operators");
  });

  test("graphs inside graphs come to an end", () => {
    let model: OnnxModel = readOnnx(whole);
    for (let depth = 0; depth < 60; depth++) {
      const node: OnnxNode = {
        name: "",
        opType: "If",
        domain: "",
        inputs: [],
        outputs: [`y${depth}`],
        attributes: new Map([["then_branch", { kind: "graph", graph: model.graph }]]),
        metadata: new Map(),
      };
      model = { ...model, graph: { ...model.graph, nodes: [node], initializers: [] } };
    }
    expect(refusal(writeOnnx(model))).toContain("graphs inside graphs, 100 levels deep");
  });

  test("half a million parts in a few bytes each come to an end", () => {
    const nodes = new Uint8Array(1_100_000);
    for (let at = 0; at < nodes.length; at += 2) nodes[at] = 10;
    const length = [
      (nodes.length & 127) | 128,
      ((nodes.length >> 7) & 127) | 128,
      ((nodes.length >> 14) & 127) | 128,
      nodes.length >> 21,
    ];
    const file = new Uint8Array(5 + nodes.length);
    file.set([58, ...length]);
    file.set(nodes, 5);
    expect(refusal(file)).toContain("net.onnx has more parts than are read here");
  });
});

describe("weights in other files", () => {
  const files = filesOf(goldenModel("torch.export"));
  const model = files.find(({ name }) => name === "model.onnx");
  const weights = files.find(({ name }) => name === "model.onnx.data");
  if (!model || !weights) throw new Error("no files");
  const given =
    (...all: ModelFile[]) =>
    () =>
      readOnnxFiles(all);

  test("are found by their names, in any order and any folder", () => {
    const read = readOnnxFiles([
      { ...weights, name: "weights/MODEL.onnx.data" },
      { ...model, name: "C:\\nets\\model.onnx" },
    ]);
    expect(read.name).toBe("model.onnx");
    expect([...read.beside]).toEqual([["model.onnx.data", weights.bytes]]);
  });

  test("are asked for by name when they are missing", () => {
    expect(given(model)).toThrow(
      "model.onnx keeps weights in a file that is missing: model.onnx.data. " +
        "Give it together with model.onnx, under that name.",
    );
    expect(given(model, { ...weights, name: "model (1).data" })).toThrow("(given: model (1).data)");
  });

  test.each(["net.onnx.data", "net.onnx_data_1", "net.weights", "C:\\nets\\net.bin"])(
    "are told apart from a model when they are given alone: %s",
    (name) => {
      const words = `${name.split("\\").pop()} holds weights alone. Give it together with its .onnx file.`;
      expect(given({ name, bytes: weights.bytes })).toThrow(words);
      expect(given({ name, bytes: padded("PK\x03\x04..............archive/data.pkl") })).toThrow("a PyTorch file");
      expect(readOnnxFiles([{ name, bytes: modelBytes(goldenModel("TorchScript, opset 17")) }]).format).toBe("onnx");
    },
  );

  test("are refused when they end too early", () => {
    expect(given(model, { ...weights, bytes: weights.bytes.slice(0, 100) })).toThrow(
      /model\.onnx\.data is truncated or belongs to another model: it has 100 bytes, but "[\w.]+" ends at byte [\d,]+\./,
    );
  });

  test("two models at once are one too many", () => {
    expect(given(model, { ...model, name: "other.onnx" })).toThrow(
      "2 models were given at once: model.onnx, other.onnx.",
    );
  });

  test("no file at all is said to be none", () => {
    expect(given()).toThrow("No file was given. Give an .onnx file.");
  });
});

describe("operators", () => {
  const model = readOnnx(modelBytes(goldenModel("TorchScript, opset 17")));
  const withDomain = (domain: string) => ({
    name: "net.onnx",
    bytes: writeOnnx({
      ...model,
      graph: {
        ...model.graph,
        nodes: model.graph.nodes.map((node) => (node.opType === "Relu" ? { ...node, domain } : node)),
      },
    }),
  });

  test("of nobody that is known are found by the operator that is or holds them", () => {
    const found = (read: OnnxModel) => [...foreignOperators(read)].map(([node, { opType }]) => [node.opType, opType]);
    expect(found(readOnnx(withDomain("com.secret.vault").bytes))).toEqual(
      model.graph.nodes.filter(({ opType }) => opType === "Relu").map(() => ["Relu", "Relu"]),
    );
    const own = readOnnx(modelBytes(goldenModel("a local function and a choice")));
    expect(found(own)).toEqual([]);
    const [local, ...rest] = own.functions ?? [];
    const nodes = (local?.nodes ?? []).map((node) => ({ ...node, opType: "Vault", domain: "com.secret.vault" }));
    expect(found({ ...own, functions: local ? [{ ...local, nodes }, ...rest] : [] })).toEqual([["Twice", "Vault"]]);
  });

  test("of Microsoft's domain are left to the engine", () => {
    expect(readOnnxFiles([withDomain("com.microsoft")]).layers.length).toBeGreaterThan(5);
  });

  test("of the file's own are taken", () => {
    const own = goldenModel("a local function and a choice");
    expect(readOnnxFiles(filesOf(own)).layers.map(({ type }) => type)).toEqual(["Twice", "If"]);
  });

  test("that are quantised are named", () => {
    const names = (name: string) => quantizedOperators(readOnnx(modelBytes(goldenModel(name))));
    expect(names("quantised, with operators of its own")).toEqual([
      "DequantizeLinear",
      "QGemm",
      "QLinearAdd",
      "QLinearConv",
      "QLinearGlobalAveragePool",
      "QuantizeLinear",
    ]);
    expect(names("quantised, with pairs around each step")).toEqual(["DequantizeLinear", "QuantizeLinear"]);
    expect(names("quantised as it runs")).toEqual(["ConvInteger", "DynamicQuantizeLinear", "MatMulInteger"]);
    expect(names("TorchScript, opset 17")).toEqual([]);
    expect(readOnnxFiles(filesOf(goldenModel("quantised as it runs"))).notes).toEqual([
      "The model is quantised (ConvInteger, DynamicQuantizeLinear, MatMulInteger): its activations lie on steps, and it has no gradients.",
    ]);
    expect(readOnnxFiles(filesOf(goldenModel("TorchScript, opset 17"))).notes).toEqual([]);
  });
});

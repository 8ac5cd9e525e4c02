import { describe, expect, test } from "vitest";
import { layerTotals } from "../../../../src/compute/model/layers/layer-totals.ts";
import { onnxLayers } from "../../../../src/compute/model/layers/onnx-layers.ts";
import { TENSOR_TYPES } from "../../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnxFiles } from "../../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { filesOf, goldenModel } from "../onnx/onnx-goldens.ts";
import { graphOf, operator } from "./small-graphs.ts";

const layersOf = (name: string) => readOnnxFiles(filesOf(goldenModel(name))).layers;

describe("layers of an exported file", () => {
  test("are called as PyTorch's modules where its newer exporter noted them", () => {
    expect(layersOf("torch.export").map(({ name, type, module }) => [name, type, module])).toEqual([
      ["bn1", "Conv", "bn1"],
      ["relu", "Relu", "relu"],
      ["layer1.0.1", "Conv", "layer1.0.1"],
      ["layer1.0.2", "Relu", "layer1.0.2"],
      ["layer1.1.1", "Conv", "layer1.1.1"],
      ["layer1.1.2", "Relu", "layer1.1.2"],
      ["add", "Add", ""],
      ["layer4.0.1", "Conv", "layer4.0.1"],
      ["layer4.0.2", "Relu", "layer4.0.2"],
      ["avgpool", "ReduceMean", "avgpool"],
      ["view", "Reshape", ""],
      ["fc", "Gemm", "fc"],
    ]);
  });

  test("are called as their nodes where the older exporter wrote paths, and keep these", () => {
    const layers = layersOf("TorchScript, opset 17");
    expect(layers[2]).toMatchObject({ name: "/layer1/layer1.0/layer1.0.0/Conv", module: "layer1.0.0" });
    expect(layers.at(-1)).toMatchObject({ name: "/fc/Gemm", module: "fc" });
  });

  test("tell shapes, parameters, multiply-adds, kernel, stride and where channels lie", () => {
    const [first, , , , , , , strided, , pooled, flat] = layersOf("torch.export");
    expect(first).toMatchObject({
      parameters: (3 * 9 + 1) * 6,
      trainable: (3 * 9 + 1) * 6,
      multiplyAdds: 16 * 16 * 6 * 3 * 9,
      dtype: "float32",
      kernel: [3, 3],
      stride: [1, 1],
      inbound: [],
    });
    expect(first?.outputs).toEqual([{ tensor: first?.outputs[0]?.tensor, channels: "first", shape: [1, 6, 16, 16] }]);
    expect(strided?.stride).toEqual([2, 2]);
    expect(pooled?.outputs[0]).toMatchObject({ channels: "first", shape: [1, 8, 1, 1] });
    expect(flat?.outputs[0]).toMatchObject({ channels: null, shape: [1, 8] });
  });

  test("name the layers whose answers they take", () => {
    expect(layersOf("torch.export")[6]?.inbound).toEqual(["relu", "layer1.1.2"]);
  });

  test("count weights in half precision behind their casts, and say what an answer is in", () => {
    const whole = layerTotals(layersOf("TorchScript, opset 17"));
    expect(layerTotals(layersOf("weights in half precision")).parameters).toBe(whole.parameters);
    expect(new Set(layersOf("half precision").map(({ dtype }) => dtype))).toEqual(new Set(["float16"]));
    expect(layerTotals(layersOf("half precision")).parameterBytes).toBe(2 * whole.parameters);
  });

  test.each(["quantised, with operators of its own", "quantised, with pairs around each step"])(
    "%s: weights count, scales and zero points don't",
    (name) => {
      expect(layerTotals(layersOf(name)).parameters).toBe(layerTotals(layersOf("TorchScript, opset 17")).parameters);
    },
  );

  test("that hold operators inside don't tell their multiply-adds", () => {
    expect(
      layersOf("a local function and a choice").map(({ name, multiplyAdds, inbound }) => [name, multiplyAdds, inbound]),
    ).toEqual([
      ["twice", null, []],
      ["choose", null, ["twice"]],
    ]);
  });
});

describe("what is no layer", () => {
  test("constants, and what they are made into", () => {
    const nodes = [
      operator("Transpose", ["w"], ["turned"]),
      operator("Mul", ["turned", "w2"], ["made"]),
      operator("MatMul", ["x", "made"], ["y"]),
    ];
    const layers = onnxLayers(graphOf(nodes, { x: ["n", 4] }, { w: [3, 4], w2: [4, 3] }));
    expect(layers.map(({ type, parameters }) => [type, parameters])).toEqual([["MatMul", 24]]);
  });

  test("the arithmetic of shapes, though it begins at the input", () => {
    const nodes = [
      operator("Shape", ["x"], ["size"]),
      operator("Gather", ["size", "size"], ["batch"]),
      operator("Expand", ["token", "batch"], ["tokens"]),
      operator("Concat", ["tokens", "x"], ["y"]),
    ];
    const layers = onnxLayers(graphOf(nodes, { x: ["n", 4] }, { token: [1, 4] }));
    expect(layers.map(({ type, parameters }) => [type, parameters])).toEqual([["Concat", 4]]);
  });
});

describe("parameters", () => {
  test("of a weight that two layers share count once, where it comes first", () => {
    const nodes = [operator("MatMul", ["x", "w"], ["y"]), operator("MatMul", ["y", "w"], ["z"])];
    const layers = onnxLayers(graphOf(nodes, { x: ["n", 3] }, { w: [3, 3] }));
    expect(layers.map(({ parameters }) => parameters)).toEqual([9, 0]);
  });

  test("leave settings out: single numbers, factors of a resizing", () => {
    const nodes = [
      operator("Mul", ["x", "half"], ["a"]),
      operator("Pow", ["a", "two"], ["b"]),
      operator("Resize", ["b", "", "factors"], ["c"]),
      operator("Conv", ["c", "kernel", "bias"], ["d"]),
      operator("PRelu", ["d", "slope"], ["e"]),
    ];
    const weights = { half: [1], two: [], factors: [4], kernel: [1, 3, 3, 3], bias: [1], slope: [1] };
    const layers = onnxLayers(graphOf(nodes, { x: ["n", 3, 8, 8] }, weights));
    expect(layers.map(({ parameters }) => parameters)).toEqual([0, 0, 0, 28, 1]);
  });
});

describe("where channels lie", () => {
  test("follows transpositions, and is lost in a new shape", () => {
    const perm = (...values: number[]) => ({ perm: { kind: "ints" as const, values } });
    const nodes = [
      operator("Transpose", ["x"], ["a"], perm(0, 3, 1, 2)),
      operator("Conv", ["a", "w"], ["b"]),
      operator("Transpose", ["b"], ["c"], perm(0, 2, 3, 1)),
      operator("LayerNormalization", ["c", "scale"], ["d"]),
      operator("Add", ["d", "c"], ["e"]),
      operator("Reshape", ["e", "shape"], ["f"]),
    ];
    const layers = onnxLayers(graphOf(nodes, { x: ["n", 32, 32, 3] }, { w: [8, 3, 1, 1], scale: [8], shape: [3] }));
    expect(layers.map(({ outputs }) => outputs[0]?.channels)).toEqual(["first", "first", "last", "last", "last", null]);
  });
});

describe("shapes after a run with one picture", () => {
  const perm = { perm: { kind: "ints" as const, values: [1, 0, 2] } };
  const nodes = [
    operator("Transpose", ["x"], ["turned"], perm),
    operator("Reshape", ["turned", "shape"], ["windows"]),
    operator("Reshape", ["windows", "shape"], ["unnoted"]),
    operator("Reshape", ["windows", "shape"], ["fixed"]),
  ];
  const noted = { turned: [3, "n", 4], windows: ["6*n", 2], fixed: [1, 12] };
  const measured = { turned: [3, 1, 4], windows: [6, 2], unnoted: [1, 12], fixed: [1, 12] };
  const shapes = (batch: string | number) =>
    onnxLayers(graphOf(nodes, { x: [batch, 3, 4] }, { shape: [2] }, noted), new Map(Object.entries(measured))).map(
      ({ outputs }) => outputs[0]?.shape,
    );

  test("leave the batch open, wherever it lies, and nothing else", () => {
    expect(shapes("n")).toEqual([
      [3, null, 4],
      [6, 2],
      [null, 12],
      [1, 12],
    ]);
  });

  test("are as the run answered where the file has settled on a batch", () => {
    expect(shapes(1)).toEqual([
      [3, 1, 4],
      [6, 2],
      [1, 12],
      [1, 12],
    ]);
  });
});

test("an operator may take more tensors than a call can have arguments", () => {
  const many = Array.from({ length: 300_000 }, () => "x");
  const inside = graphOf([operator("Sum", many, ["y"])], {}).graph;
  const nodes = [operator("If", ["x"], ["z"], { then_branch: { kind: "graph", graph: inside } })];
  expect(onnxLayers(graphOf(nodes, { x: [3] }))).toHaveLength(1);
});

test("a comparison answers in bool, a cast in what it is told", () => {
  const nodes = [
    operator("Greater", ["x", "w"], ["a"]),
    operator("Cast", ["a"], ["b"], { to: { kind: "int", value: TENSOR_TYPES.float16 } }),
    operator("ArgMax", ["b"], ["c"]),
  ];
  const layers = onnxLayers(graphOf(nodes, { x: ["n", 3] }, { w: [3] }));
  expect(layers.map(({ dtype }) => dtype)).toEqual(["bool", "float16", "int64"]);
});

test("layers that have no names are called as their tensors, and none as another", () => {
  const nodes = ["a", "b", "c"].map((output, at) => ({
    ...operator("Relu", [at === 0 ? "x" : (["a", "b"][at - 1] ?? "")], [output]),
    name: at === 0 ? "" : "step",
  }));
  expect(onnxLayers(graphOf(nodes, { x: ["n", 3] })).map(({ name }) => name)).toEqual(["a", "step", "step_1"]);
});

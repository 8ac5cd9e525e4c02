import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { convertKeras } from "../../../../src/compute/model/keras/convert/convert-keras.ts";
import type { KerasModel, KerasObject, KerasWeight } from "../../../../src/compute/model/keras/keras-model.ts";
import { answersOf } from "./keras-goldens.ts";

function weight(name: string, dims: number[], values: number[]): KerasWeight {
  return { name, type: "float32", dims, bytes: new Uint8Array(Float32Array.from(values).buffer) };
}

function model(
  kerasVersion: string,
  architecture: KerasObject,
  weights: Readonly<Record<string, KerasWeight[]>> = {},
): KerasModel {
  return { kerasVersion, architecture, weightsOf: (path) => weights[path.join("/")] ?? [] };
}

async function answer(keras: KerasModel, ...inputs: ort.Tensor[]): Promise<number[][]> {
  const converted = convertKeras(keras);
  const answers = await answersOf(converted, inputs);
  return converted.outputs.map(({ tensor }) => [...(answers.get(tensor)?.values ?? [])]);
}

const floats = (values: number[], dims: number[]) => new ort.Tensor("float32", Float32Array.from(values), dims);

/** A layer of a Functional model as Keras 2 writes it. */
const layer = (class_name: string, name: string, config: object, ...inbound_nodes: unknown[]) => ({
  class_name,
  name,
  config: { name, ...config },
  inbound_nodes,
});

const functional = (
  name: string,
  inputs: string[],
  outputs: [string, number, number][],
  layers: object[],
): KerasObject => ({
  class_name: "Functional",
  config: { name, layers, input_layers: inputs.map((input) => [input, 0, 0]), output_layers: outputs },
});

const input = (name: string, ...sides: number[]) =>
  layer("InputLayer", name, { batch_input_shape: [null, ...sides], dtype: "float32" });

describe("a file of Keras 2", () => {
  it("has functions of TensorFlow among its layers, with constants and tensors by name", async () => {
    const architecture = functional(
      "net",
      ["x"],
      [
        ["sum", 0, 0],
        ["part", 0, 0],
        ["mean", 0, 0],
      ],
      [
        input("x", 3),
        layer("TFOpLambda", "half", { function: "math.multiply" }, ["x", 0, 0, { y: 0.5, name: null }]),
        layer("TFOpLambda", "sum", { function: "__operators__.add" }, ["half", 0, 0, { y: ["x", 0, 0], name: null }]),
        layer("SlicingOpLambda", "part", { function: "__operators__.getitem" }, [
          "x",
          0,
          0,
          {
            slice_spec: [
              { start: null, stop: null, step: null },
              { start: 1, stop: null, step: null },
            ],
          },
        ]),
        layer("TFOpLambda", "mean", { function: "math.reduce_mean" }, ["x", 0, 0, { axis: -1, keepdims: true }]),
      ],
    );
    expect(await answer(model("2.15.0", architecture), floats([2, 4, 9], [1, 3]))).toEqual([[3, 6, 13.5], [4, 9], [5]]);
  });

  it("of TensorFlow 2.3 has the graph's operators, their constants at their places", async () => {
    const architecture = functional(
      "net",
      ["x"],
      [["from", 0, 0]],
      [
        input("x", 3),
        layer("TensorFlowOpLayer", "from", { node_def: '{"op":"Sub","name":"sub"}', constants: { 0: 10 } }, [
          ["x", 0, 0, {}],
        ]),
      ],
    );
    expect(await answer(model("2.4.0", architecture), floats([2, 4, 9], [1, 3]))).toEqual([[8, 6, 1]]);
  });

  it("numbers the calls of a nested model from 1", async () => {
    const inner = functional(
      "inner",
      ["y"],
      [["twice", 0, 0]],
      [input("y", 2), layer("Dense", "twice", { units: 2, use_bias: false, activation: "linear" }, [["y", 0, 0, {}]])],
    );
    const nested = { ...inner, name: "inner", inbound_nodes: [[["x", 0, 0, {}]], [["inner", 1, 0, {}]]] };
    const architecture = functional(
      "net",
      ["x"],
      [
        ["inner", 1, 0],
        ["inner", 2, 0],
      ],
      [input("x", 2), nested],
    );
    const weights = { "inner/twice": [weight("kernel", [2, 2], [2, 0, 0, 2])] };
    expect(await answer(model("2.2.4", architecture, weights), floats([1, 3], [1, 2]))).toEqual([
      [2, 6],
      [4, 12],
    ]);
    const { layers, nested: models } = convertKeras(model("2.2.4", architecture, weights));
    expect(layers.map(({ module, name, parameters }) => [module, name, parameters])).toEqual([
      ["", "x", 0],
      ["inner", "y", 0],
      ["inner", "twice", 4],
    ]);
    expect(models.map(({ name, outputs, parameters }) => [name, outputs.length, parameters])).toEqual([
      ["inner", 2, 4],
    ]);
  });

  it("has a hard sigmoid of its own slope, and a LeakyReLU by alpha", async () => {
    const architecture: KerasObject = {
      class_name: "Sequential",
      config: {
        name: "net",
        layers: [
          { class_name: "LeakyReLU", config: { name: "leaky", alpha: 0.5, batch_input_shape: [null, 3] } },
          { class_name: "Activation", config: { name: "gate", activation: "hard_sigmoid" } },
        ],
      },
    };
    const [found = []] = await answer(model("2.15.0", architecture), floats([-2, 0, 1], [1, 3]));
    for (const [index, right] of [0.3, 0.5, 0.7].entries()) expect(found[index]).toBeCloseTo(right, 6);
  });

  it("wrote InceptionResNetV2's scaled sums as Python code, which is known by name", async () => {
    const sums = (name: string) =>
      functional(
        "net",
        ["x", "y"],
        [[name, 0, 0]],
        [
          input("x", 2),
          input("y", 2),
          layer("Lambda", name, { function: ["4wEAAAAAAAAA", null, null], arguments: { scale: 0.5 } }, [
            ["x", 0, 0, {}],
            ["y", 0, 0, {}],
          ]),
        ],
      );
    const pair = [floats([1, 2], [1, 2]), floats([4, 8], [1, 2])];
    expect(await answer(model("2.15.0", sums("block35_1")), ...pair)).toEqual([[3, 6]]);
    expect(() => convertKeras(model("2.15.0", sums("my_lambda")))).toThrow('not converted: Lambda ("my_lambda").');
  });
});

describe("a file of Keras 1 (made by hand)", () => {
  it("has its own names for layers and options", async () => {
    const architecture = {
      class_name: "Sequential",
      config: [
        {
          class_name: "Convolution2D",
          config: {
            name: "conv",
            nb_filter: 1,
            nb_row: 2,
            nb_col: 1,
            border_mode: "valid",
            subsample: [1, 1],
            dim_ordering: "tf",
            activation: "relu",
            bias: true,
            batch_input_shape: [null, 2, 2, 1],
          },
        },
        {
          class_name: "MaxPooling2D",
          config: { name: "pool", pool_size: [1, 2], strides: [1, 2], border_mode: "valid", dim_ordering: "tf" },
        },
        { class_name: "Dropout", config: { name: "drop", p: 0.5 } },
        { class_name: "Flatten", config: { name: "flat" } },
        { class_name: "Dense", config: { name: "out", output_dim: 2, activation: "linear", bias: true } },
      ],
    } as unknown as KerasObject;
    const weights = {
      conv: [weight("W", [2, 1, 1, 1], [1, 10]), weight("b", [1], [0.5])],
      out: [weight("W", [1, 2], [1, 2]), weight("b", [2], [0, 1])],
    };
    expect(await answer(model("1.2.2", architecture, weights), floats([1, 2, 3, 4], [1, 2, 2, 1]))).toEqual([
      [42.5, 86],
    ]);
  });
});

describe("average pooling with uneven padding", () => {
  it("divides by the pixels that lie inside, as TensorFlow does", async () => {
    const architecture: KerasObject = {
      class_name: "Sequential",
      config: {
        name: "net",
        layers: [
          { class_name: "InputLayer", config: { name: "x", batch_shape: [null, 4, 1] } },
          { class_name: "AveragePooling1D", config: { name: "pool", pool_size: [3], strides: [2], padding: "same" } },
        ],
      },
    };
    expect(await answer(model("3.15.1", architecture), floats([1, 2, 6, 10], [1, 4, 1]))).toEqual([[3, 8]]);
  });
});

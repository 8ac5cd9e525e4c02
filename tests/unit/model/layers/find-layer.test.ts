import { describe, expect, test } from "vitest";
import { findLayer } from "../../../../src/compute/model/layers/find-layer.ts";
import { readOnnxFiles } from "../../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { filesOf, goldenModel } from "../onnx/onnx-goldens.ts";
import { kerasLayers, labLayers } from "./keras-layers.ts";

const torch = readOnnxFiles(filesOf(goldenModel("torch.export"))).layers;
const script = readOnnxFiles(filesOf(goldenModel("TorchScript, opset 17"))).layers;
const nameOf = (...asked: Parameters<typeof findLayer>) => findLayer(...asked).layer.name;

describe("a layer is found", () => {
  test("by its name", () => {
    expect(nameOf(labLayers, "max_pooling2d_3")).toBe("max_pooling2d_3");
  });

  test("by its number, from the end too", () => {
    expect(nameOf(labLayers, 0)).toBe("conv2d_1");
    expect(nameOf(labLayers, -1)).toBe("dense_2");
    expect(nameOf(labLayers, -11)).toBe("conv2d_1");
  });

  test("by the name of its tensor, which is then the answer taken", () => {
    const [layer] = script;
    const tensor = layer?.outputs[0]?.tensor ?? "";
    expect(findLayer(script, tensor)).toEqual({ layer, output: layer?.outputs[0] });
  });

  test("by the path of a module, which stands for the last operator in it", () => {
    expect(nameOf(torch, "layer1")).toBe("layer1.1.2");
    expect(nameOf(torch, "layer1.0")).toBe("layer1.0.2");
    expect(nameOf(script, "layer1.0")).toBe("/layer1/layer1.0/layer1.0.2/Relu");
    expect(nameOf(script, "avgpool")).toBe("/avgpool/GlobalAveragePool");
  });

  test("by its name first, whatever else is called so", () => {
    const layers = kerasLayers([
      { name: "a", type: "Dense", shape: [2] },
      { name: "postconv", type: "Dense", shape: [2] },
      { name: "a/answer", type: "Dense", shape: [2] },
    ]);
    expect(nameOf(layers, "a/answer")).toBe("a/answer");
    expect(nameOf(layers, "postconv")).toBe("postconv");
  });
});

describe("what is no layer is refused", () => {
  test("with the names that differ by little", () => {
    expect(() => findLayer(labLayers, "conv2d_5")).toThrow(
      'The model has no layer "conv2d_5". Did you mean "conv2d_1" or "conv2d_2" or "conv2d_3"?',
    );
    expect(() => findLayer(labLayers, "Dense_1")).toThrow('Did you mean "dense_1"?');
    expect(() => findLayer(torch, "layer1.0.9")).toThrow('"layer1.0.1"');
  });

  test("with the names that it is a part of", () => {
    expect(() => findLayer(labLayers, "pooling")).toThrow('Did you mean "max_pooling2d_1" or "max_pooling2d_2" or');
  });

  test("with the table where nothing is near", () => {
    expect(() => findLayer(labLayers, "xyz")).toThrow('The model has no layer "xyz". Take one of the layer table.');
  });

  test("with the numbers there are", () => {
    for (const wrong of [11, -12, 1.5, Number.NaN])
      expect(() => findLayer(labLayers, wrong)).toThrow(
        "the model has 11 layers. Take 0 to 10, or -11 to -1 from the end.",
      );
  });
});

describe("postconv of a Keras model", () => {
  const network = (...tail: readonly (readonly [type: string, ...shape: number[]])[]) =>
    kerasLayers(
      [["Conv2D", 6, 6, 8] as const, ["Activation", 6, 6, 8] as const, ...tail].map(([type, ...shape], at) => ({
        name: `${type}_${at}`,
        type,
        shape,
      })),
    );

  test("is the layer of that name, as Slideflow's models have it", () => {
    const layers = network(["GlobalAveragePooling2D", 8], ["Activation", 8], ["Dense", 4], ["Dense", 2]);
    const named = layers.map((layer, at) => (at === 3 ? { ...layer, name: "post_convolution" } : layer));
    expect(nameOf(named, "postconv")).toBe("post_convolution");
  });

  test("is the flattening of the lab's network", () => {
    expect(nameOf(labLayers, "postconv")).toBe("flatten_1");
  });

  test.each([
    ["GlobalAveragePooling2D_2", network(["GlobalAveragePooling2D", 8], ["Dropout", 8], ["Dense", 4], ["Dense", 2])],
    ["GlobalAveragePooling2D_2", network(["GlobalAveragePooling2D", 8], ["LayerNormalization", 8], ["Dense", 2])],
    ["Flatten_3", network(["MaxPooling2D", 3, 3, 8], ["Flatten", 72], ["Dense", 2])],
    ["Activation_1", network(["Conv2D", 6, 6, 3], ["GlobalAveragePooling2D", 3], ["Softmax", 3])],
    ["Dense_2", network(["Dense", 6, 6, 4], ["Conv2D", 6, 6, 3], ["GlobalAveragePooling2D", 3], ["Softmax", 3])],
    [
      "LayerNormalization_4",
      network(["Reshape", 36, 8], ["MultiHeadAttention", 36, 8], ["LayerNormalization", 36, 8], ["Dense", 2]),
    ],
    ["Activation_1", network(["Dense", 6, 6, 2])],
  ])("is %s where nothing has that name", (name, layers) => {
    expect(nameOf(layers, "postconv")).toBe(name);
  });

  test("is refused where there is nothing that it could be", () => {
    const layers = kerasLayers([{ name: "relu", type: "ReLU", shape: [3] }]);
    expect(() => findLayer(layers, "postconv")).toThrow('The model has no "postconv"');
  });
});

import { describe, expect, it } from "vitest";
import { proposePreprocessing } from "../../../src/compute/features/preprocess/propose-preprocessing.ts";
import type { LoadedModel } from "../../../src/compute/model/loaded-model.ts";
import type { ModelLayer } from "../../../src/compute/model/model-layer.ts";

interface Facts {
  readonly format?: "onnx" | "keras";
  readonly dims: readonly (number | string | null)[] | null;
  readonly producer?: string;
  /** Name and class of each layer; those with "*" have parameters. */
  readonly layers?: readonly string[];
}

function model({ format = "onnx", dims, producer = "", layers = [] }: Facts): LoadedModel {
  const input = { name: "input", type: 1, dims };
  const graph = { name: "", nodes: [], initializers: [], inputs: [input], outputs: [], values: [] };
  return {
    format,
    name: "net",
    version: "",
    onnx: { irVersion: 10, opsets: new Map(), producer, graph },
    file: new Uint8Array(),
    beside: new Map(),
    notes: [],
    layers: layers.map((told): ModelLayer => {
      const [name = "", type = ""] = told.replace("*", "").split(" ");
      const parameters = told.endsWith("*") ? 9 : 0;
      const shared = { module: "", outputs: [], inbound: [], multiplyAdds: null, dtype: "float32" };
      return { ...shared, name, type, parameters, trainable: parameters, kernel: null, stride: null };
    }),
  };
}

const settingsOf = (facts: Facts) => proposePreprocessing(model(facts)).preprocessing;

describe("size and layout are those of the file's input", () => {
  it.each([
    [["batch", 3, 224, 192], "NCHW", { height: 224, width: 192 }, "RGB"],
    [[1, 1, 28, 28], "NCHW", { height: 28, width: 28 }, "grey"],
    [[null, 64, 48, 3], "NHWC", { height: 64, width: 48 }, "RGB"],
    [["N", 3, "height", "width"], "NCHW", null, "RGB"],
  ] as const)("%o", (dims, layout, size, channels) => {
    expect(settingsOf({ dims })).toMatchObject({ layout, size, channels });
  });

  it("what takes no pictures is refused with its shape", () => {
    expect(() => settingsOf({ dims: ["N", 128] })).toThrow(
      "net takes no pictures: its input input has the shape N × 128. Pass floats in that shape, or a model whose input has 1 or 3 channels.",
    );
    expect(() => settingsOf({ dims: [1, 7, 32, 32] })).toThrow("has the shape 1 × 7 × 32 × 32");
    expect(() => settingsOf({ dims: null })).toThrow("has the shape unknown");
  });
});

describe("how values are scaled is told where it is assumed", () => {
  it("PyTorch's exporter: ImageNet's figures", () => {
    const { preprocessing, assumed } = proposePreprocessing(model({ dims: [1, 3, 8, 8], producer: "pytorch 2.13.0" }));
    expect(preprocessing).toMatchObject({
      scale: 1 / 255,
      mean: [0.485, 0.456, 0.406],
      deviation: [0.229, 0.224, 0.225],
    });
    expect(assumed).toBe("ImageNet's mean and deviation, as torchvision's models take them");
  });

  it("another's: from 0 to 1", () => {
    expect(settingsOf({ dims: [1, 3, 8, 8], producer: "tf2onnx" })).toMatchObject({ scale: 1 / 255, mean: [0] });
  });

  it("a Keras model that rescales by itself takes values from 0 to 255, and nothing is assumed", () => {
    const layers = ["input InputLayer", "rescaling Rescaling", "normalization Normalization*", "conv Conv2D*"];
    const { preprocessing, assumed } = proposePreprocessing(model({ format: "keras", dims: [null, 8, 8, 3], layers }));
    expect(preprocessing.scale).toBe(1);
    expect(assumed).toBe("");
  });

  it("a rescaling after the first weights says nothing of the input", () => {
    const layers = ["conv Conv2D*", "rescaling Rescaling"];
    expect(settingsOf({ format: "keras", dims: [null, 8, 8, 3], layers }).scale).toBe(1 / 255);
  });

  // Names of Keras 3.15.1.
  it.each([
    ["vgg16/block5_conv3", "VGG", { channels: "BGR", scale: 1 }],
    ["conv2_block1_0_conv", "ResNet", { channels: "BGR", mean: [103.939, 116.779, 123.68] }],
    ["conv2_block1_preact_bn", "ResNetV2", { channels: "RGB", scale: 1 / 127.5, mean: [1] }],
    ["conv2_block1_concat", "DenseNet", { deviation: [0.229, 0.224, 0.225] }],
    ["block1_conv1_bn", "Xception", { scale: 1 / 127.5 }],
    ["expanded_conv_depthwise", "MobileNetV2", { scale: 1 / 127.5 }],
    ["mixed9_1", "InceptionV3", { scale: 1 / 127.5 }],
  ] as const)("a layer %s: as %s takes them", (layer, family, settings) => {
    const told = proposePreprocessing(
      model({ format: "keras", dims: [null, 32, 32, 3], layers: [`${layer} Conv2D*`] }),
    );
    expect(told.preprocessing).toMatchObject(settings);
    expect(told.assumed).toBe(`values as Keras' ${family} takes them`);
  });
});

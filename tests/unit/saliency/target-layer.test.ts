import { describe, expect, it } from "vitest";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { findLayer } from "../../../src/compute/model/layers/find-layer.ts";
import type { FoundLayer } from "../../../src/compute/model/layers/found-layer.ts";
import { readOnnxFiles } from "../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { layerAnswer, targetLayer } from "../../../src/compute/saliency/target-layer.ts";
import { integersOf, openKeras, openOperators, operator, weightsOf } from "../feature-maps/open-networks.ts";
import { filesOf, goldens } from "../model/onnx/onnx-goldens.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";
import { modelSource } from "./model-source.ts";

function modelOf(name: string) {
  const golden = goldens.families.find((family) => family.name === name);
  if (!golden) throw new Error(`no network "${name}"`);
  return readOnnxFiles(filesOf(golden));
}

async function layersOf(name: string) {
  return (await OpenModel.open(nodeEngine(), modelOf(name), { processor: "cpu", shape: null })).layers();
}

describe("the layer that Grad-CAM looks at", () => {
  it.each([
    ["ResNet, torch.export", "layer4.0.2", [8, 8, 8]],
    ["DenseNet, torch.export", "features.norm5", [8, 16, 16]],
    ["SqueezeNet, torch.export", "features.3", [8, 7, 7]],
    ["MobileNetV3, torch.export", "features.1.2", [6, 4, 4]],
    // Its head reads the class token: what the others become after the last attention is of no use to it.
    ["ViT, torch.export", "transformer.1.norm1", [17, 8]],
    ["ViT, TorchScript", "transformer.1.norm1", [17, 8]],
  ])("is of %s the last with a map before the head", async (name, module, shape) => {
    const { layer, output } = targetLayer(await layersOf(name));
    expect(layer.module).toBe(module);
    expect(output.shape?.slice(1)).toEqual(shape);
  });

  it("is of a transformer with a class token what queries and keys are made of, though each is as large", async () => {
    const open = await openOperators(
      [
        operator("patches", "Conv", ["x", "w"], { kernel_shape: [4, 4], strides: [4, 4] }),
        operator("flat", "Reshape", ["patches", "flattened"]),
        operator("places", "Transpose", ["flat"], { perm: [0, 2, 1] }),
        operator("tokens", "Concat", ["class", "places"], { axis: 1 }),
        operator("norm", "LayerNormalization", ["tokens", "scale"]),
        operator("values", "MatMul", ["norm", "square"]),
        operator("keys", "MatMul", ["norm", "square"]),
        operator("queries", "MatMul", ["norm", "square"]),
        operator("turned", "Transpose", ["keys"], { perm: [0, 2, 1] }),
        operator("product", "MatMul", ["queries", "turned"]),
        operator("weights", "Softmax", ["product"], { axis: -1 }),
        operator("attended", "MatMul", ["weights", "values"]),
        operator("sum", "Add", ["tokens", "attended"]),
        operator("first", "Gather", ["sum", "zero"], { axis: 1 }),
        operator("pooled", "Reshape", ["first", "vector"]),
        operator("head", "MatMul", ["pooled", "dense"]),
      ],
      [
        weightsOf("w", [8, 3, 4, 4]),
        integersOf("flattened", [1, 8, 4]),
        weightsOf("class", [1, 1, 8]),
        weightsOf("scale", [8]),
        weightsOf("square", [8, 8]),
        integersOf("zero", [0]),
        integersOf("vector", [1, 8]),
        weightsOf("dense", [8, 2]),
      ],
      [1, 3, 8, 8],
    );
    expect(targetLayer(await open.layers()).layer.name).toBe("norm");
  });

  it("is of a transformer without a class token the tokens at the end", async () => {
    const { layer, output } = targetLayer(await (await openKeras("keras-applications.json.gz", "tiny_vit")).layers());
    expect([layer.name, output.shape]).toEqual(["norm", [null, 16, 48]]);
  });

  it("has a gradient at every token, which the last layer has at the class token alone", async () => {
    const name = "ViT, TorchScript";
    const layers = await layersOf(name);
    const shape = { height: 16, width: 16, channels: 3, channelsLast: false };
    const answerAt = async (found: FoundLayer) => {
      const { layer } = await modelSource(modelOf(name), found, shape, 3);
      return (await layer()).answer(sampleNumbers(3 * 16 * 16));
    };
    const last = layers.findLast(({ outputs: [output] }) => output?.shape?.length === 3);
    const { gradients: none } = await answerAt(findLayer(layers, last?.name ?? ""));
    expect(none.every((value) => value === 0)).toBe(true);
    const { gradients, channels, height, width } = await answerAt(targetLayer(layers));
    expect([channels, height, width]).toEqual([8, 4, 4]);
    expect(gradients.every((value) => value !== 0)).toBe(true);
  });

  it("is of tokens in rows and columns, as Swin has them, those before they are pooled", async () => {
    const open = await openOperators(
      [
        operator("patches", "Conv", ["x", "w"], { kernel_shape: [4, 4], strides: [4, 4] }),
        operator("last", "Transpose", ["patches"], { perm: [0, 2, 3, 1] }),
        operator("windows", "Reshape", ["last", "windowed"]),
        operator("norm", "LayerNormalization", ["windows", "scale"]),
        operator("pool", "ReduceMean", ["norm", "axes"], { keepdims: 0 }),
        operator("head", "MatMul", ["pool", "dense"]),
      ],
      [
        weightsOf("w", [8, 3, 4, 4]),
        integersOf("windowed", [1, 2, 2, 8]),
        weightsOf("scale", [8]),
        integersOf("axes", [1, 2]),
        weightsOf("dense", [8, 2]),
      ],
      [1, 3, 8, 8],
    );
    expect(targetLayer(await open.layers()).layer.name).toBe("norm");
  });

  it("can be chosen, and is refused where it has no map", async () => {
    const layers = await layersOf("ResNet, torch.export");
    expect(targetLayer(layers, 0).layer.type).toBe("Conv");
    expect(() => targetLayer(layers, -1)).toThrow(
      /^The layer ".*" answers with 5 numbers, not with a map, so that Grad-CAM has nothing to show\. Take a layer with a map, such as "layer4\.0\.2"\.$/,
    );
    expect(() => targetLayer(layers, "nothing")).toThrow('The model has no layer "nothing".');
  });
});

describe("a layer's answer as Grad-CAM takes it", () => {
  const found = (channels: FoundLayer["output"]["channels"]): FoundLayer => {
    const output = { tensor: "t", channels, shape: null };
    const facts = { parameters: 0, trainable: 0, multiplyAdds: null, dtype: "float32", kernel: null, stride: null };
    return { layer: { name: "t", type: "Add", module: "", outputs: [output], inbound: [], ...facts }, output };
  };
  const answerOf = (dims: readonly number[], channels: FoundLayer["output"]["channels"] = null) => {
    const activations = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => i);
    return layerAnswer(found(channels), dims, { activations, gradients: activations.slice(), score: 2 });
  };

  it("has its channels first, however it lies", () => {
    expect(answerOf([1, 2, 1, 3], "first")).toMatchObject({ channels: 2, height: 1, width: 3, score: 2 });
    const last = answerOf([1, 1, 2, 3], "last");
    expect(last).toMatchObject({ channels: 3, height: 1, width: 2 });
    expect([...last.activations]).toEqual([0, 3, 1, 4, 2, 5]);
    expect([...last.gradients]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it("whose axes nobody knows has more channels than places a side", () => {
    expect(answerOf([1, 2, 2, 5])).toMatchObject({ channels: 5, height: 2, width: 2 });
    expect(answerOf([1, 5, 2, 2])).toMatchObject({ channels: 5, height: 2, width: 2 });
  });

  it("of tokens is their square, without a class token", () => {
    const tokens = answerOf([1, 5, 2]);
    expect(tokens).toMatchObject({ channels: 2, height: 2, width: 2 });
    expect([...tokens.activations]).toEqual([2, 4, 6, 8, 3, 5, 7, 9]);
    expect(answerOf([1, 4, 2])).toMatchObject({ channels: 2, height: 2, width: 2 });
  });
});

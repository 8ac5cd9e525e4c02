import { describe, expect, it } from "vitest";
import { convertKeras } from "../../../../src/compute/model/keras/convert/convert-keras.ts";
import type { KerasModel, KerasObject, KerasWeight } from "../../../../src/compute/model/keras/keras-model.ts";

function sequential(
  ...layers: readonly (readonly [className: string, name: string, config?: object, module?: string])[]
): KerasObject {
  return {
    class_name: "Sequential",
    config: {
      name: "net",
      layers: layers.map(([class_name, name, config, module]) => ({
        class_name,
        config: { name, ...config },
        ...(module ? { module } : {}),
      })),
    },
  };
}

function model(architecture: KerasObject, weights: KerasWeight[] = []): KerasModel {
  return { kerasVersion: "3.15.1", architecture, weightsOf: () => weights };
}

const floats = (name: string, ...dims: number[]): KerasWeight => {
  const size = dims.reduce((product, dim) => product * dim, 1);
  return { name, type: "float32", dims, bytes: new Uint8Array(size * 4) };
};

const INPUT = ["InputLayer", "x", { batch_shape: [null, 4] }] as const;

describe("what is not converted", () => {
  it("is named by class and layer, all of it at once, before anything is", () => {
    const net = sequential(INPUT, ["LSTM", "memory"], ["Dense", "head"], ["LSTM", "more"], ["Sampling", "draw"]);
    expect(() => convertKeras(model(net))).toThrow(
      'Layers of these 2 classes are not converted: LSTM ("memory", "more"), Sampling ("draw"). Export the model from Python',
    );
  });

  it("is a class of somebody's own that is named like Keras'", () => {
    const net = sequential(INPUT, ["Dropout", "mine", {}, "my_package.layers"]);
    expect(() => convertKeras(model(net))).toThrow('A layer of this class is not converted: Dropout ("mine").');
  });

  it("is a quantised layer", () => {
    const dtype = { module: "keras", class_name: "QuantizedDTypePolicy", config: { mode: "int8" } };
    const net = sequential(INPUT, ["Dense", "head", { units: 2, dtype }]);
    expect(() => convertKeras(model(net))).toThrow('The model is quantised in 1 of its layers: "head".');
  });

  it("is a mask that a layer behind it heeds", () => {
    const words = ["Embedding", "words", { input_dim: 5, output_dim: 2, mask_zero: true }] as const;
    expect(() => convertKeras(model(sequential(INPUT, words, ["GlobalAveragePooling1D", "mean"])))).toThrow(
      'Layer "words" masks zeros for the layers behind it ("mean"), which is not converted.',
    );
    const { layers } = convertKeras(model(sequential(INPUT, words, ["Flatten", "flat"]), [floats("embeddings", 5, 2)]));
    expect(layers.map(({ name }) => name)).toEqual(["words", "flat"]);
  });

  it("is an activation that Keras doesn't have", () => {
    const net = sequential(INPUT, ["Activation", "bend", { activation: "lisht" }]);
    expect(() => convertKeras(model(net))).toThrow('Layer "bend" (Activation) has the activation "lisht"');
  });

  it("is a model that only Python code makes", () => {
    const net = { class_name: "MyModel", config: { name: "net", width: 3 } };
    expect(() => convertKeras(model(net))).toThrow(
      'A model of class "MyModel" says in Python code alone what it computes.',
    );
  });
});

describe("a broken file", () => {
  const head = ["Dense", "head", { units: 2, use_bias: false }] as const;

  it("has weights of another shape", () => {
    expect(() => convertKeras(model(sequential(INPUT, head), [floats("kernel", 5, 2)]))).toThrow(
      'Layer "head" (Dense) has a weight "kernel" of shape (5, 2), expected (4, 2).',
    );
  });

  it("has too few weights", () => {
    expect(() => convertKeras(model(sequential(INPUT, head)))).toThrow(
      'Layer "head" (Dense) has 0 weights in the file, expected 1.',
    );
  });

  it("has fewer bytes than its weights' dimensions say", () => {
    const kernel = { ...floats("kernel", 4, 2), bytes: new Uint8Array(31) };
    expect(() => convertKeras(model(sequential(INPUT, head), [kernel]))).toThrow(
      'Layer "head" (Dense) has 31 bytes for its weight "kernel", expected 32.',
    );
  });

  it("has options of a wrong kind", () => {
    const net = sequential(INPUT, ["Dense", "head", { units: "two" }]);
    expect(() => convertKeras(model(net))).toThrow(
      'Layer "head" (Dense) needs a number for its option "units", but the file has "two".',
    );
  });

  it("has a layer that waits for itself", () => {
    const loop = {
      class_name: "Functional",
      config: {
        name: "net",
        layers: [
          { class_name: "InputLayer", name: "x", config: { name: "x", batch_shape: [null, 4] }, inbound_nodes: [] },
          { class_name: "ReLU", name: "a", config: { name: "a" }, inbound_nodes: [[["b", 0, 0, {}]]] },
          { class_name: "ReLU", name: "b", config: { name: "b" }, inbound_nodes: [[["a", 0, 0, {}]]] },
        ],
        input_layers: [["x", 0, 0]],
        output_layers: [["b", 0, 0]],
      },
    };
    expect(() => convertKeras(model(loop))).toThrow('layer "a" waits for a tensor that nothing makes');
  });

  it("says no input shape, which can be given", () => {
    const net = sequential(["ReLU", "bend"]);
    expect(() => convertKeras(model(net))).toThrow(
      'The file does not say the shape of input "input". Give the input\'s shape.',
    );
    const { outputs } = convertKeras(model(net), { inputShapes: [[null, 7]] });
    expect(outputs[0]?.shape).toEqual([null, 7]);
  });

  it("whose shared models multiply is given up in time", () => {
    let inner = sequential(INPUT, ["ReLU", "bend"]);
    for (let depth = 0; depth < 20; depth++) {
      const calls = [[["x", 0, 0, {}]], [["inner", 0, 0, {}]]];
      inner = {
        class_name: "Functional",
        config: {
          name: `net${depth}`,
          layers: [
            { class_name: "InputLayer", name: "x", config: { name: "x", batch_shape: [null, 4] }, inbound_nodes: [] },
            { ...inner, config: { ...inner.config, name: "inner" }, name: "inner", inbound_nodes: calls },
          ],
          input_layers: [["x", 0, 0]],
          output_layers: [["inner", 1, 0]],
        },
      };
    }
    const before = process.cpuUsage();
    expect(() => convertKeras(model(inner))).toThrow("its layers are called more than");
    expect(process.cpuUsage(before).user).toBeLessThan(10e6);
  });
});

describe("what a reader should know", () => {
  it("is that half precision is computed in single", () => {
    const dtype = { module: "keras", class_name: "DTypePolicy", config: { name: "mixed_float16" } };
    const net = sequential(INPUT, ["ReLU", "bend", { dtype }]);
    expect(convertKeras(model(net)).notes).toEqual(["Trained in mixed_float16, computed in float32."]);
  });
});

import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import { checkArchitecture } from "../../../../src/compute/model/keras/read/check-architecture.ts";
import { checkWeights } from "../../../../src/compute/model/keras/read/check-weights.ts";
import { allWeightsOf } from "../../../../src/compute/model/keras/read/layer-weights.ts";
import { readConfig } from "../../../../src/compute/model/keras/read/read-config.ts";
import { readKeras } from "../../../../src/compute/model/keras/read/read-keras.ts";
import { referenceFile } from "../../formats/reference-file.ts";
import { zipOf } from "../../formats/written-zip.ts";

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "latin1"));
const refusal = (thrown: unknown): string => (thrown instanceof ComputeError ? thrown.message : String(thrown));
const refusing = (action: () => unknown): string => {
  try {
    return String(action());
  } catch (thrown) {
    return refusal(thrown);
  }
};

describe("a file that is no Keras model", () => {
  it.each([
    ["m.tflite", "\x1c\0\0\0TFL3", "m.tflite is a TensorFlow Lite model"],
    ["model/saved_model.pb", "\x08\x01\x12", "saved_model.pb is part of a TensorFlow SavedModel"],
    ["model/variables/variables.data-00000-of-00001", "\0", "is part of a TensorFlow SavedModel"],
    ["frozen.pb", "\x0a\x10", "frozen.pb is a TensorFlow graph or checkpoint"],
    ["m.pt", "\x80\x02}q\0.", "m.pt is a pickle of Python"],
    ["m.safetensors", '\x20\0\0\0\0\0\0\0{"a":{}}', "m.safetensors is a file of safetensors"],
    ["m.bin", "anything", "m.bin is no Keras model."],
    ["m.keras", "", "m.keras is no Keras model."],
  ])("is refused by the name of what it is: %s", async (name, text, cause) => {
    const told = refusal(await readKeras([{ name, bytes: bytesOf(text) }]).catch((thrown: unknown) => thrown));
    expect(told).toContain(cause);
    expect(told).toMatch(/\. [A-Z].+\.$/);
  });

  it.each([
    ["m.pt", ["m/data.pkl", "m/data/0"], "m.pt is a file of PyTorch"],
    ["m.npz", ["arr_0.npy"], "m.npz is a file of NumPy arrays"],
    ["m.zip", ["m/saved_model.pb"], "m.zip is part of a TensorFlow SavedModel"],
    ["m.zip", ["readme.txt"], "m.zip is no Keras model."],
  ])("is refused by what is in it: %s, %o", async (name, inside, cause) => {
    const bytes = zipOf(inside.map((one) => ({ name: one, content: "" })));
    await expect(readKeras([{ name, bytes }])).rejects.toThrow(cause);
  });

  it.each([
    ["model.weights.json", "m.keras has its weights in several files, which are not read here."],
    ["metadata.json", "m.keras has no model.weights.h5 in it."],
  ])("is refused where the weights are not in it, but %s", async (name, cause) => {
    const config = JSON.stringify({ class_name: "Sequential", config: { name: "m", layers: [] } });
    const entries = [
      { name: "config.json", content: config },
      { name, content: "{}" },
    ];
    await expect(readKeras([{ name: "m.keras", bytes: zipOf(entries) }])).rejects.toThrow(cause);
  });

  it("is told from one that is, given with it", async () => {
    const files = [
      { name: "readme.txt", bytes: bytesOf("text") },
      { name: "half.keras", bytes: referenceFile("half.keras") },
    ];
    expect((await readKeras(files)).architecture.class_name).toBe("Sequential");
  });

  it("is refused with what to do where it holds weights alone", async () => {
    const bytes = referenceFile("half.weights.h5");
    await expect(readKeras([{ name: "half.weights.h5", bytes }])).rejects.toThrow(
      'half.weights.h5 holds weights without the model. Save both with model.save("name.keras").',
    );
  });

  it("is refused where it is HDF5 of another kind", async () => {
    const bytes = referenceFile("hdf5-latest.h5");
    await expect(readKeras([{ name: "a.h5", bytes }])).rejects.toThrow("a.h5 is HDF5, but no Keras model.");
  });
});

describe("an architecture", () => {
  const layer = { class_name: "Dense", config: { name: "a" } };
  const model = (...layers: unknown[]) => ({ class_name: "Sequential", config: { name: "m", layers } });

  it("is refused by the name of a layer whose code somebody wrote", () => {
    const registered = { ...layer, class_name: "Scale", registered_name: "lab>Scale", module: null };
    expect(refusing(() => checkArchitecture(model(registered), "m.keras"))).toBe(
      "Layer a of m.keras is a Scale (registered as lab>Scale), whose code is not in the file. " +
        "Export the model to ONNX, which has the code in it.",
    );
    const disguised = { ...layer, registered_name: "lab>Dense", module: "lab.layers" };
    expect(refusing(() => checkArchitecture(model(disguised), "m.keras"))).toContain("Dense (registered as lab>Dense)");
    const inH5 = { ...layer, class_name: "lab>Scale" };
    expect(refusing(() => checkArchitecture(model(inH5), "m.h5"))).toContain("Layer a of m.h5 is a lab>Scale");
  });

  it("is taken where the class is Keras' own, if in no public module", () => {
    const own = { ...layer, registered_name: "LayerScale", module: "keras.src.applications.convnext" };
    expect(checkArchitecture(model(own), "m.keras").config.layers).toEqual([own]);
  });

  it("is refused where it is a model of somebody's own class", () => {
    const own = { class_name: "Net", config: {}, registered_name: "lab>Net", module: null };
    expect(refusing(() => checkArchitecture(own, "m.keras"))).toContain("m.keras holds a Net (registered as lab>Net)");
  });

  it("of old Sequential models has its layers where newer ones have them", () => {
    const old = { class_name: "Sequential", config: [layer] };
    expect(checkArchitecture(old, "m.h5").config.layers).toEqual([layer]);
  });

  it.each([
    ["of nothing", null, "its architecture is no Keras model"],
    ["with a layer that is none", model(layer, 3), "a layer of m has no class and config"],
    ["with a name twice", model(layer, layer), "two layers of m are called a"],
    ["nested without end", nested(50), "more than 32 models inside one another"],
  ])("%s is refused", (_, value, cause) => {
    expect(refusing(() => checkArchitecture(value, "m.keras"))).toContain(cause);
  });

  function nested(depth: number): unknown {
    return depth === 0 ? layer : { class_name: "Sequential", config: { name: "m", layers: [nested(depth - 1)] } };
  }

  it("may have numbers that Python writes and JSON hasn't", () => {
    expect(readConfig('{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN, \\"Infinity"}', "m.h5", "it")).toEqual({
      a: null,
      b: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
      c: 'NaN, "Infinity',
    });
  });
});

describe("a layer's weights", () => {
  const dense = { class_name: "Dense", config: { name: "a", units: 3 } };
  const check = (...shapes: number[][]) =>
    refusing(() =>
      checkWeights(
        dense,
        allWeightsOf(dense) ?? [],
        shapes.map((dims) => ({ dims })),
        "m.h5",
      ),
    );

  it("are refused where there are too many or too few", () => {
    expect(check([4, 3])).toContain("Layer a (Dense) of m.h5 has 1 weights, not 2 (kernel, bias).");
    expect(check([4, 3], [3])).toBe("undefined");
  });

  it("are refused where they have another shape", () => {
    expect(check([4, 2], [3])).toContain("has a kernel of 4 x 2, not any x 3.");
    expect(check([4, 3, 1], [3])).toContain("has a kernel of 4 x 3 x 1, not any x 3.");
  });
});

import { describe, expect, it } from "vitest";
import { classWords, countClasses, misnamedClasses } from "../../../src/widgets/model-table/data/class-names.ts";
import { kerasLayers, labLayers } from "../model/layers/keras-layers.ts";

const shown = (classes: number) => ({
  layers: kerasLayers([
    { name: "conv", type: "Conv2D", shape: [8, 8, 4] },
    { name: "dense", type: "Dense", shape: [classes] },
  ]),
  facts: { outputs: [] },
});

describe("the classes of a model", () => {
  it("are counted by its last answer", () => {
    expect(countClasses({ layers: labLayers, facts: { outputs: [] } })).toBe(1);
    expect(countClasses(shown(3))).toBe(3);
  });

  it("are told with the layer that answers for it, the first twelve of them by name", () => {
    const two = shown(2);
    const [conv, dense] = two.layers;
    if (!conv || !dense) throw new Error("no layers");
    expect(classWords(dense, two, ["adeno", "benign"])).toBe("classes adeno, benign");
    expect(classWords(conv, two, ["adeno", "benign"])).toBe("");
    expect(classWords(dense, two, null)).toBe("");
    const many = shown(1000);
    const names = Array.from({ length: 1000 }, (_, place) => `c${place}`);
    expect(classWords(many.layers[1] ?? dense, many, names)).toBe(
      "classes c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and 988 more",
    );
  });

  it("are not told where there are more or fewer names, and that is said", () => {
    const two = shown(2);
    expect(misnamedClasses(two, ["adeno", "benign"])).toBe("");
    expect(misnamedClasses(two, ["adeno"])).toBe("1 name in classes for 2 answers of the model: they are not shown.");
    expect(two.layers.map((layer) => classWords(layer, two, ["adeno"]))).toEqual(["", ""]);
  });
});

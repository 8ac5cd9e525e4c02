import { describe, expect, it } from "vitest";
import { assignWeights, leavesOf } from "../../../../src/compute/model/keras/read/assign-weights.ts";

const conv = (name: string, filters: number) => ({ class_name: "Conv2D", config: { name, filters, kernel_size: 1 } });
const model = (name: string, ...layers: unknown[]) => ({ class_name: "Sequential", config: { name, layers } });
const own = (scope: string, filters: number) => [
  { name: `${scope}/bias`, dims: [filters] },
  { name: `${scope}/kernel`, dims: [1, 1, 3, filters] },
];

describe("the weights that an .h5 lists of a model in the model", () => {
  const leaves = leavesOf(model("outer", model("left", conv("conv", 3)), model("right", conv("conv", 3))), []);

  it("are told apart by the models that their names have before the layer's", () => {
    const listed = [...own("a/right/conv", 3), ...own("a/left/conv", 3)];
    const assigned = [...assignWeights(leaves, listed, "m.h5")].map(([leaf, weights]) => [
      leaf.path.join("/"),
      weights.map(({ name, weight }) => [name, weight.name]),
    ]);
    expect(assigned).toEqual([
      [
        "outer/left/conv",
        [
          ["kernel", "a/left/conv/kernel"],
          ["bias", "a/left/conv/bias"],
        ],
      ],
      [
        "outer/right/conv",
        [
          ["kernel", "a/right/conv/kernel"],
          ["bias", "a/right/conv/bias"],
        ],
      ],
    ]);
  });

  it("are refused where neither names nor shapes in order fit", () => {
    const listed = [...own("x", 3), ...own("y", 4)];
    expect(() => assignWeights(leaves, listed, "m.h5")).toThrow(
      "m.h5 lists no weights that are those of layer outer/left/conv (Conv2D).",
    );
    expect(() => assignWeights(leaves, listed.slice(1), "m.h5")).toThrow("lists no weights that are those of layer");
  });

  it("are refused with their number where one layer has too many", () => {
    const [only] = leavesOf(conv("conv", 3), []);
    const listed = [...own("conv", 3), { name: "conv/scale", dims: [3] }];
    expect(() => assignWeights(only ? [only] : [], listed, "m.h5")).toThrow(
      "Layer conv (Conv2D) of m.h5 has 3 weights, not 2 (kernel, bias).",
    );
  });

  it("have numbers or the file's names where the layer's class is not known", () => {
    const unknown = { class_name: "Own", config: { name: "own" } };
    const assigned = assignWeights(leavesOf(unknown, []), [{ name: "m/own/deep/w", dims: [] }], "m.h5");
    expect([...assigned.values()].flat().map(({ name }) => name)).toEqual(["deep/w"]);
  });
});

import { describe, expect, it } from "vitest";
import { modelColors } from "../../../src/compute/features/preprocess/model-colors.ts";
import { preprocessPictures } from "../../../src/compute/features/preprocess/preprocess-pictures.ts";
import { type Preprocessing, preprocessingDefaults } from "../../../src/compute/features/preprocess/preprocessing.ts";

const plain = (value: number) => ({ width: 1, height: 1, channels: 3 as const, pixels: new Uint8Array(3).fill(value) });
const shown = (value: number, preprocessing: Preprocessing) => [
  ...preprocessPictures([plain(value)], preprocessing).data,
];

describe("what a model is shown of black and of white", () => {
  it.each([
    ["scaled", {}],
    ["less a mean, by a deviation", { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] }],
    ["from -1 to 1", { standardize: "torch" }],
    ["grey", { channels: "grey" }],
  ] as const)("is what its preparation makes of them: %s", (_, settings) => {
    const preprocessing = { ...preprocessingDefaults, ...settings };
    const { black, white } = modelColors(preprocessing) ?? {};
    expect([black, white]).toEqual([shown(0, preprocessing), shown(255, preprocessing)]);
  });

  it("is not known where it depends on the picture", () => {
    expect(modelColors({ ...preprocessingDefaults, standardize: "tensorflow" })).toBeUndefined();
  });
});

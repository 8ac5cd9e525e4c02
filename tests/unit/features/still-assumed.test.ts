import { describe, expect, it } from "vitest";
import { preprocessingDefaults } from "../../../src/compute/features/preprocess/preprocessing.ts";
import type { ProposedPreprocessing } from "../../../src/compute/features/preprocess/propose-preprocessing.ts";
import { stillAssumed } from "../../../src/compute/features/preprocess/still-assumed.ts";

const preprocessing = { ...preprocessingDefaults, mean: [0.485], deviation: [0.229] };
const torch: ProposedPreprocessing = {
  preprocessing,
  assumed: "ImageNet's mean and deviation, as torchvision's models take them",
  assumedSettings: ["mean", "deviation"],
  assumedFrom: "torchvision's models take it",
};

describe("what is assumed of pictures", () => {
  it("is told without what was set by hand or declared, until nothing is left", () => {
    expect(stillAssumed(torch, { ...preprocessing, resize: "lanczos" })).toBe(torch.assumed);
    const withMean = { ...preprocessing, mean: [0.5] };
    expect(stillAssumed(torch, withMean)).toBe("deviation as torchvision's models take it");
    expect(stillAssumed(torch, withMean, ["deviation"])).toBe("");
    expect(stillAssumed(torch, { ...preprocessing, standardize: "torch" })).toBe("");
  });
});

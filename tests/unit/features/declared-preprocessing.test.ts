import { describe, expect, it } from "vitest";
import { declarePreprocessing } from "../../../src/compute/features/preprocess/declared-preprocessing.ts";
import { preprocessingDefaults } from "../../../src/compute/features/preprocess/preprocessing.ts";

describe("what is declared of how pictures are prepared", () => {
  it("may be one figure for every channel", () => {
    const proposed = { ...preprocessingDefaults, mean: [1, 2, 3], deviation: [4, 5, 6] };
    expect(declarePreprocessing(proposed, { mean: 0, deviation: 1 })).toEqual({
      ...proposed,
      mean: [0],
      deviation: [1],
    });
    expect(declarePreprocessing(proposed, {})).toEqual(proposed);
  });

  it("is refused by name where it can't be used", () => {
    expect(() => declarePreprocessing(preprocessingDefaults, { deviation: 0 })).toThrow(
      "deviation: expected numbers above 0, got 0",
    );
    expect(() => declarePreprocessing(preprocessingDefaults, { std: 1 } as object)).toThrow(
      /^unknown preprocessing: "std"\./,
    );
  });
});

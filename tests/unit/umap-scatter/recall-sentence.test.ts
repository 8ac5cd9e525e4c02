import { describe, expect, it } from "vitest";
import { recallSentence } from "../../../src/widgets/map/recall-sentence.ts";

const points = { key: "", shape: [1000, 64], bytes: 0, read: async () => new Float32Array() };

describe("the sentence about the neighbours that a map rests on", () => {
  it("is none where all were found, or where a notice tells already", () => {
    expect(recallSentence({ recall: 1, notices: [] }, { points, pca: null })).toBeNull();
    const notices = ["NN-descent has found 91 % of the neighbours; it may."];
    expect(recallSentence({ recall: 0.91, notices }, { points, pca: null })).toBeNull();
  });

  it("tells the share, rounded down, and what has cost the rest", () => {
    expect(recallSentence({ recall: 0.99999, notices: ["2 groups."] }, { points, pca: null })).toBe(
      "NN-descent has found 99.9 % of the neighbours (estimated from a sample).",
    );
    expect(recallSentence({ recall: 0.871, notices: [] }, { points, pca: 10 })).toBe(
      "PCA to 10 of 64 columns keeps 87.1 % of the neighbours (estimated from a sample).",
    );
    expect(recallSentence({ recall: 0.871, notices: [] }, { points, pca: 64 })).toContain("NN-descent");
  });

  it("tells that pca leaves nothing out, once", () => {
    const sentence = "pca is 80, and there are 64 columns: all of them are used.";
    expect(recallSentence({ recall: 1, notices: [] }, { points, pca: 80 })).toBe(sentence);
    expect(recallSentence({ recall: 1, notices: [sentence] }, { points, pca: 80 })).toBeNull();
    expect(recallSentence({ recall: 0.871, notices: [] }, { points, pca: 80 })).toBe(
      `${sentence} NN-descent has found 87.1 % of the neighbours (estimated from a sample).`,
    );
    expect(recallSentence({ recall: 1, notices: [] }, { points: null, pca: 80 })).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { umapDefaults } from "../../../src/compute/umap/options.ts";
import { version } from "../../../src/version.ts";
import { caption } from "../../../src/widgets/umap-scatter/caption.ts";
import { progressSentence } from "../../../src/widgets/umap-scatter/progress-sentence.ts";

describe("the caption", () => {
  const parts = {
    rows: 1797,
    columns: 64,
    options: umapDefaults,
    epochs: 500,
    backend: "CPU",
    coloredBy: "digit",
    selected: 214,
  };

  it("says all that is needed to compute the map again", () => {
    expect(caption(parts)).toBe(
      "UMAP of 1,797 rows × 64 (n_neighbors 15, min_dist 0.1, euclidean, PCA start, 500 epochs, seed 42, CPU, " +
        `layerscope ${version}), coloured by digit; 214 selected rows in colour, others grey.`,
    );
  });

  it("does not claim a UMAP where coordinates were given", () => {
    expect(caption({ ...parts, columns: null, selected: 0 })).toBe(
      `Map of 1,797 rows (coordinates given, layerscope ${version}), coloured by digit.`,
    );
  });
});

describe("the sentence of progress", () => {
  it("says what, how far, and how long once that can be told", () => {
    const progress = { stage: "Finding neighbours", done: 12400, total: 20000, unit: "rows" };
    expect(progressSentence(progress, 0, 500)).toBe("Finding neighbours, 12,400 of 20,000 rows.");
    expect(progressSentence(progress, 0, 5000)).toBe("Finding neighbours, 12,400 of 20,000 rows, about 3 s left.");
  });

  it("says what is sent in megabytes", () => {
    expect(progressSentence({ stage: "Sending", done: 125, total: 312, unit: "MB" }, 0, 0)).toBe(
      "Sending 312 MB to the page, 40 %.",
    );
  });
});

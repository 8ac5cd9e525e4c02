import { describe, expect, it } from "vitest";
import { umapMemory, validateUmapOptions } from "../../../../src/compute/umap/index.ts";
import { throwIfTooLarge } from "../../../../src/compute/umap/memory.ts";
import { umapDefaults } from "../../../../src/compute/umap/options.ts";

const sentenceOf = (change: object, rows?: number): string => {
  try {
    validateUmapOptions({ ...umapDefaults, ...change }, rows);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  return "";
};

describe("an option without meaning is named as umap-learn names it", () => {
  it.each([
    [{ metric: "cosin" }, 'Unknown metric: "cosin". Pass euclidean, cosine, correlation or manhattan.'],
    [{ init: "pcaa" }, 'Unknown init: "pcaa". Pass pca, spectral, random or an array.'],
    [{ engine: "cuml" }, 'Unknown engine: "cuml". Pass layerscope or umap-js.'],
    [{ nNeighbors: 1 }, "n_neighbors: expected an integer of at least 2, got 1"],
    [{ nNeighbors: 7.5 }, "n_neighbors: expected an integer of at least 2, got 7.5"],
    [{ nNeighbors: "15" }, "n_neighbors: expected an integer of at least 2, got 15"],
    [{ nComponents: 4 }, "n_components: expected 2 or 3, got 4"],
    [{ minDist: 2 }, "min_dist: expected at most spread (1), got 2"],
    [{ minDist: -0.1 }, "min_dist: expected a number of at least 0, got -0.1"],
    [{ spread: 0 }, "spread: expected a number above 0, got 0"],
    [{ nEpochs: -1 }, "n_epochs: expected an integer of at least 0, got -1"],
    [{ learningRate: -1 }, "learning_rate: expected a number above 0, got -1"],
    [{ learningRate: Number.NaN }, "learning_rate: expected a number above 0, got NaN"],
    [{ localConnectivity: -1 }, "local_connectivity: expected a number of at least 0, got -1"],
    [{ setOpMixRatio: 1.1 }, "set_op_mix_ratio: expected a number from 0 to 1, got 1.1"],
    [{ repulsionStrength: -1 }, "repulsion_strength: expected a number of at least 0, got -1"],
    [{ negativeSampleRate: 2.5 }, "negative_sample_rate: expected an integer of at least 0, got 2.5"],
    [{ seed: -3 }, "random_state: expected an integer from 0 to 4294967295, got -3"],
    [{ init: new Float32Array(9) }, "init: expected 5 × 2 numbers, got 9"],
    [
      { init: Float32Array.of(0, 0, 0, 0, 0, Number.NaN, 0, 0, 0, 0) },
      "init: expected finite numbers, got NaN in row 2",
    ],
  ])("%o", (change, sentence) => {
    expect(sentenceOf(change, 5)).toBe(sentence);
  });

  it("and the defaults have one", () => {
    expect(sentenceOf({}, 5)).toBe("");
    expect(
      sentenceOf({ nEpochs: 0, minDist: 1, negativeSampleRate: 0, init: new Float32Array(10), nComponents: 2 }, 5),
    ).toBe("");
  });
});

describe("memory", () => {
  it("grows with the rows and holds them at least once", () => {
    expect(umapMemory(1_000_000, 256, umapDefaults)).toBeGreaterThan(1_024_000_000);
    expect(umapMemory(1_000_000, 256, umapDefaults)).toBeLessThan(3_500_000_000);
    expect(umapMemory(20_000, 256, umapDefaults)).toBeLessThan(60_000_000);
    expect(umapMemory(1000, 8, umapDefaults) * 2).toBe(umapMemory(2000, 8, umapDefaults));
  });

  it("beyond what a page can have is refused with both figures before anything is allocated", () => {
    expect(() => throwIfTooLarge(1_000_000, 256, umapDefaults)).not.toThrow();
    expect(() => throwIfTooLarge(2_000_000, 1024, umapDefaults)).toThrow(
      /^Needs 10\.1 GB, this page has about 3\.5 GB\. Try pca=50 or a sample\.$/,
    );
  });
});

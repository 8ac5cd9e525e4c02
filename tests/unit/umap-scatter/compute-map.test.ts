import { describe, expect, it } from "vitest";
import type { NumericSource } from "../../../src/widgets/host/sources.ts";
import { computeMap, keepMap, servingMap } from "../../../src/widgets/map/compute-map.ts";
import { type UmapScatterProps, umapScatterDefaults } from "../../../src/widgets/umap-scatter/props.ts";

const source = (key: string, rows: number, columns: number): NumericSource => ({
  key,
  shape: [rows, columns],
  bytes: 0,
  read: () => Promise.reject(new Error(`${key} is read`)),
});
const propsOf = (given: Partial<UmapScatterProps>): UmapScatterProps => ({ ...umapScatterDefaults, ...given });

describe("what a map has kept", () => {
  const rows = 5_000;
  const serves = (before: Partial<UmapScatterProps>, after: Partial<UmapScatterProps>) => {
    const points = source("points", rows, 64);
    const neighbors = { k: 49, indices: new Int32Array(0), distances: new Float32Array(0) };
    const result = { rows, neighbors, recall: 1, scores: new Float32Array(0) } as never;
    const kept = keepMap(propsOf({ points, ...before }), result);
    return servingMap(kept, propsOf({ points, ...before, ...after }), { isResumed: false }) !== undefined;
  };

  it("serves fewer and more neighbours, another distance and another seed", () => {
    for (const after of [{ nNeighbors: 5 }, { nNeighbors: 50 }, { minDist: 0.5 }, { seed: 7 }])
      expect(serves({}, after)).toBe(true);
    expect(serves({}, { nNeighbors: 51 })).toBe(false);
    expect(serves({}, { metric: "cosine" })).toBe(false);
  });

  it("serves no other seed where neighbours were searched by chance", () => {
    expect(serves({ pca: 20 }, { seed: 7 })).toBe(false);
    expect(serves({ pca: 20 }, { minDist: 0.5 })).toBe(true);
    expect(serves({ neighborSearch: "nn-descent" }, { seed: 7 })).toBe(false);
  });

  it("serves no other distances of the same known neighbours", () => {
    const indices = source("indices", rows, 50);
    const known = (key: string) => ({ precomputedKNN: { indices, distances: source(key, rows, 50) } });
    expect(serves(known("a"), { minDist: 0.5 })).toBe(true);
    expect(serves(known("a"), known("b"))).toBe(false);
  });
});

describe("a table that is too large", () => {
  const points = source("points", 300_000, 3_000);
  const compute = (given: Partial<UmapScatterProps>) =>
    computeMap(propsOf({ points, ...given }), points, { onFrame: () => undefined });

  it("is refused before a byte travels, and not where the remedy was taken", async () => {
    await expect(compute({})).rejects.toMatchObject({ kind: "memory", remedy: "Try pca=50 or a sample." });
    await expect(compute({ pca: 50 })).rejects.toThrow("points is read");
  });
});

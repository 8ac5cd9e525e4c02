import { describe, expect, it } from "vitest";
import type { UmapResult } from "../../../src/compute/umap/result.ts";
import { recallMap, rememberMap } from "../../../src/widgets/map/result-cache.ts";

const map = (megabytes: number): UmapResult => ({
  positions: new Float32Array(megabytes * 256 * 1024),
  rows: 1,
  nComponents: 2,
  neighbors: null,
  scores: null,
  epoch: 1,
  epochs: 1,
  pieces: 1,
  recall: 1,
  backend: "CPU",
  backendReason: "",
  notices: [],
  seconds: {},
});

describe("the page's store of maps", () => {
  it("gives back what was computed from the same key", () => {
    const kept = map(1);
    rememberMap("a", kept);
    expect(recallMap("a")).toBe(kept);
    expect(recallMap("never")).toBeNull();
  });

  it("lets go of the least recently used beyond 64 MB", () => {
    for (const key of ["old", "used", "new"]) rememberMap(key, map(20));
    recallMap("old");
    rememberMap("more", map(20));
    expect(recallMap("used")).toBeNull();
    expect(recallMap("old")).not.toBeNull();
    expect(recallMap("more")).not.toBeNull();
  });
});

import { describe, expect, it, vi } from "vitest";
import { Arena } from "../../../../src/compute/umap/arena.ts";
import { describeBytes } from "../../../../src/compute/umap/memory.ts";

describe("an arena", () => {
  it("hands out zeros that don't overlap, and grows", async () => {
    const arena = await Arena.create();
    const first = arena.allocate(100);
    const second = arena.allocate(5_000_000);
    const third = arena.allocate(4);
    expect(second - first).toBe(128);
    expect(third).toBeGreaterThanOrEqual(second + 5_000_000);
    arena.floats(second, 1_250_000).fill(7);
    expect(arena.floats(third, 1)[0]).toBe(0);
    expect(arena.floats(first, 25).every((value) => value === 0)).toBe(true);
    expect((second | third) % 64).toBe(0);
  });

  it("has a memory of its own each time", async () => {
    const [a, b] = [await Arena.create(), await Arena.create()];
    expect(a.kernels.memory).not.toBe(b.kernels.memory);
  });

  it("can be had once its code could be compiled, though it could not before", async () => {
    vi.resetModules();
    const fresh = await import("../../../../src/compute/umap/arena.ts");
    const compile = vi.spyOn(WebAssembly, "compile").mockRejectedValueOnce(new RangeError("Out of memory"));
    await expect(fresh.Arena.create()).rejects.toThrow("Out of memory");
    expect((await fresh.Arena.create()).allocate(4)).toBeGreaterThan(0);
    compile.mockRestore();
  });

  it("says what is needed and what there is when it can't grow", async () => {
    const arena = await Arena.create();
    expect(() => arena.reserve(6e9)).toThrow(
      /^Needs 6\.0 GB, this page has about [\d.]+ (GB|MB)\. Try pca=50 or a sample\.$/,
    );
  });
});

describe("an amount of memory", () => {
  it("is said in two digits or so", () => {
    expect([1, 65_536, 312e6, 2.1e9].map(describeBytes)).toEqual(["1 kB", "66 kB", "312 MB", "2.1 GB"]);
  });
});

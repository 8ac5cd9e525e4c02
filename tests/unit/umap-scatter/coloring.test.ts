import { describe, expect, it } from "vitest";
import { numberCodes, numbersOf, readColoring } from "../../../src/widgets/rows/coloring.ts";

describe("what a map is coloured by", () => {
  it("makes classes of strings, in alphabetical order, with their counts", async () => {
    const coloring = await readColoring(["b", "a", "b", null], "labels", 4, {});
    expect(coloring).toMatchObject({ kind: "categories", names: ["a", "b"], missing: 1 });
    expect(coloring.kind === "categories" && [...coloring.codes]).toEqual([1, 0, 1, -1]);
    expect(coloring.kind === "categories" && [...coloring.counts]).toEqual([1, 2]);
  });

  it("has classes that are numbered in the order of their numbers", async () => {
    const coloring = await readColoring(["class 10", "class 9", "class 10"], "labels", 3, {});
    expect(coloring).toMatchObject({ kind: "categories", names: ["class 9", "class 10"] });
  });

  it("makes classes of few whole numbers in labels, in the order of the numbers", async () => {
    const coloring = await readColoring([10, 9, 10], "labels", 3, {});
    expect(coloring).toMatchObject({ kind: "categories", names: ["9", "10"] });
  });

  it("makes a scale of the same numbers in color", async () => {
    expect((await readColoring([10, 9, 10], "color", 3, {})).kind).toBe("numbers");
  });

  it("makes a scale of fractions", async () => {
    expect((await readColoring([0.5, 1, 2], "labels", 3, {})).kind).toBe("numbers");
  });

  it("says how many there are when there is not one a row", async () => {
    const labels = Array.from({ length: 1790 }, () => "a");
    await expect(readColoring(labels, "labels", 1797, {})).rejects.toThrow("1,790 labels for 1,797 rows.");
  });

  it("clips a scale at the 1st and 99th percentile and leaves out what is missing", () => {
    const values = Float32Array.from({ length: 102 }, (_, i) => (i === 101 ? Number.NaN : i));
    expect(numbersOf(values)).toMatchObject({ min: 0, max: 100, low: 1, high: 99, missing: 1 });
  });

  it("codes numbers by their place in the scale, the ends clipped, the missing apart", () => {
    expect([...numberCodes(new Float32Array([-1, 0, 5, 10, 11, Number.NaN]), 0, 10)]).toEqual([
      0, 0, 127, 254, 254, 255,
    ]);
  });

  it("takes percentiles of a million numbers from a sample, and their ends from all of them", () => {
    const values = Float32Array.from({ length: 1_000_000 }, (_, i) => i);
    const { min, max, low, high } = numbersOf(values);
    expect([min, max]).toEqual([0, 999_999]);
    expect(Math.abs(low - 10_000)).toBeLessThan(100);
    expect(Math.abs(high - 990_000)).toBeLessThan(100);
  });
});

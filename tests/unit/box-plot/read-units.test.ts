import { describe, expect, it } from "vitest";
import { readUnits } from "../../../src/widgets/box-plot/data/read-units.ts";
import { acceptProps } from "../../../src/widgets/box-plot/props.ts";
import { sourceOf, textListSource } from "../../../src/widgets/host/inline-sources.ts";

const values = sourceOf(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
const read = (more: Readonly<Record<string, unknown>> = {}) =>
  readUnits(acceptProps({ values, labels: ["b", "a", null], ...more }), {});

describe("reading units", () => {
  it("gives each row its class and its slide, and leaves out what has none", async () => {
    const units = await read({ slides: ["s2", "s1", "s2"] });
    expect(units?.classes.names).toEqual(["a", "b"]);
    expect([...(units?.rows.groups.codes ?? [])]).toEqual([1, 0, -1]);
    expect([...(units?.rows.slides?.codes ?? [])]).toEqual([1, 0, 1]);
    expect(units?.rows.values).toMatchObject({ rows: 3, columns: 2 });
  });

  it("knows the least finite value of a unit among the rows that have a class", async () => {
    const odd = sourceOf(Float32Array.of(3, Number.NaN, 1, Number.NEGATIVE_INFINITY, -2, 0), [3, 2]);
    const units = await read({ values: odd });
    expect([0, 1, 0].map((unit) => units?.leastOf(unit))).toEqual([1, Number.NaN, 1]);
    const all = await read({ values: odd, labels: ["b", "a", "a"] });
    expect([0, 1].map((unit) => all?.leastOf(unit))).toEqual([-2, 0]);
  });

  it("takes any number of numbered slides", async () => {
    const count = 120;
    const many = sourceOf(new Float32Array(2 * count), [count, 2]);
    const labels = Array.from({ length: count }, (_, row) => (row % 2 ? "a" : "b"));
    // In single precision neighbours of these would be one.
    const slides = Array.from({ length: count }, (_, row) => 2_000_000_120 - row);
    const units = await readUnits(acceptProps({ values: many, labels, slides }), {});
    expect(units?.slides?.names.slice(0, 2)).toEqual(["2000000001", "2000000002"]);
    expect(units?.slides?.names).toHaveLength(120);
    expect(units?.rows.slides?.codes[0]).toBe(119);
  });

  it("refuses measures for classes, and lists of another length, by name", async () => {
    await expect(read({ labels: [0.5, 1.25, 2] })).rejects.toThrow(
      "labels are numbers, not classes. Pass strings, or whole numbers of at most 50 kinds.",
    );
    await expect(read({ slides: [0.5, 1.25, 2] })).rejects.toThrow("slides are numbers, not slides.");
    await expect(read({ labels: ["a"] })).rejects.toThrow("1 labels for 3 rows. Pass one a row in labels.");
    await expect(read({ unitNames: textListSource(["x"]) })).rejects.toThrow("1 unitNames for 2 units.");
  });
});

describe("units by their numbers", () => {
  const accepted = (units: unknown) => acceptProps({ values, labels: ["a"], units }).units;

  it("are each taken once, in the order given, however they are listed", () => {
    expect(accepted([1, 0, 1])).toEqual([1, 0]);
    expect(accepted(Int32Array.of(1, 1))).toEqual([1]);
    expect(accepted(1)).toEqual([1]);
    expect(accepted("top")).toBe("top");
  });

  it.each([
    [[0, -1], "There is no unit -1 in 2 units. Units are 0 to 1."],
    [[1.5], "There is no unit 1.5 in 2 units. Units are 0 to 1."],
    [[Number.NaN], "There is no unit NaN in 2 units. Units are 0 to 1."],
    [2, "There is no unit 2 in 2 units. Units are 0 to 1."],
    [["1"], 'A unit is a number, not "1". Units are 0 to 1.'],
    [null, "A unit is a number, not null. Units are 0 to 1."],
    [{ unit: 1 }, 'A unit is a number, not {"unit":1}. Units are 0 to 1.'],
    [[], 'No unit is named. Pass unit numbers, or "top".'],
    ["best", 'Unknown units: "best". Pass "top" or unit numbers.'],
  ])("are refused in a sentence: %j", (units, sentence) => {
    expect(() => accepted(units)).toThrow(sentence);
  });

  it("are refused in the same words where one is to be the current one", () => {
    const current = (unit: unknown) => () => acceptProps({ values, labels: ["a"], unit });
    expect(current(-1)).toThrow("There is no unit -1 in 2 units.");
    expect(current("1")).toThrow('A unit is a number, not "1".');
    expect(current([1])).toThrow("A unit is a number, not [1].");
  });
});

describe("what a caller gives", () => {
  it("is refused in a sentence", () => {
    const wrong = (more: Readonly<Record<string, unknown>>) => () => acceptProps({ values, labels: ["a"], ...more });
    expect(wrong({ unit: 2 })).toThrow("There is no unit 2 in 2 units. Units are 0 to 1.");
    expect(wrong({ level: "slide" })).toThrow('level "slide" needs slides.');
    expect(wrong({ panels: 0 })).toThrow("panels");
    expect(wrong({ test: "t" })).toThrow('Unknown test: "t"');
    expect(wrong({ labels: null })).toThrow("There are no groups to compare. Pass labels, one a row.");
    expect(wrong({ colour: 1 })).toThrow('Unknown option: "colour".');
  });
});

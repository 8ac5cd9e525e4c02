import { expect, it } from "vitest";
import { numbersOf } from "../../../src/widgets/rows/coloring.ts";
import { paintOf } from "../../../src/widgets/rows/paint.ts";
import { rowFacts } from "../../../src/widgets/rows/row-facts.ts";

it("the values of a row stand in a histogram of the finite ones, whatever else a unit has", () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const coloring = numbersOf(Float32Array.of(0, 5, 10, ...odd));
  const loan = { coloring, name: "unit 3", title: "unit 3" };
  const paint = paintOf(coloring, { scheme: "light", promoted: [] });
  const facts = rowFacts({ details: { names: null, columns: [] }, coloring: null }, paint, loan);
  const [value] = facts.values(1);
  expect([value?.name, value?.text, value?.histogram.at]).toEqual(["unit 3", "5", 0.5]);
  const counts = Array.from(value?.histogram.counts ?? []);
  expect(counts.flatMap((count, bin) => (count > 0 ? [[bin, count]] : []))).toEqual([
    [0, 1],
    [10, 1],
    [19, 1],
  ]);
  expect([3, 4, 5].map((row) => facts.values(row)[0]?.text)).toEqual(["missing", "missing", "missing"]);
});

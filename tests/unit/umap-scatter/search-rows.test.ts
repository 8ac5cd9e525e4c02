import { describe, expect, it } from "vitest";
import { categoriesOf } from "../../../src/widgets/rows/coloring.ts";
import { paintOf } from "../../../src/widgets/rows/paint.ts";
import { rowFacts } from "../../../src/widgets/rows/row-facts.ts";
import { findRows } from "../../../src/widgets/rows/search-rows.ts";

const coloring = categoriesOf(new Int32Array([0, 1, 1, -1]), ["cat", "Dog"]);
const paint = paintOf(coloring, { scheme: "light", promoted: [] });
const facts = rowFacts({ details: { names: null, columns: [] }, coloring }, paint);

describe("searching rows", () => {
  it("finds a row by its number, and no others that merely hold the digit", () => {
    expect([...findRows("3", 40, null, facts)]).toEqual([3]);
  });
  it("finds the rows of a class, whatever the case", () => {
    expect([...findRows("dog", 4, null, facts)]).toEqual([1, 2]);
  });
  it("finds rows by a part of their name", () => {
    expect([...findRows("tile-1", 4, ["tile-0", "tile-1", "x", "tile-10"], facts)]).toEqual([1, 3]);
  });
  it("finds nothing for nothing", () => {
    expect(findRows("  ", 4, null, facts)).toHaveLength(0);
  });
});

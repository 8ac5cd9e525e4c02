import { describe, expect, it } from "vitest";
import { naturalOrder } from "../../../src/widgets/rows/natural-order.ts";

/** The same as in tests/python/test_labels.py. */
const ordered = ["", "01", "1", "2b", "9", "10", "Z", "a", "b1", "class 2", "class 2.9", "class 2.10", "class 10"];

describe("the order of names", () => {
  it("is that of the numbers in them, and of code units else, as in Python", () => {
    expect(naturalOrder(ordered.toReversed())).toEqual(ordered);
  });

  it("counts numbers that are longer than a number can be", () => {
    const long = "1".repeat(400);
    expect(naturalOrder([`tile ${long}0`, `tile ${long}`, "tile 7"])).toEqual([
      "tile 7",
      `tile ${long}`,
      `tile ${long}0`,
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { shownUnits } from "../../../src/widgets/box-plot/data/shown-units.ts";

const shown = (changed: Partial<Parameters<typeof shownUnits>[0]> = {}) =>
  shownUnits({ units: "top", ranking: [9, 4, 7, 1, 2, 0], panels: 3, pinned: new Set(), current: -1, ...changed });

describe("the units on show", () => {
  it("are the best of the ranking, or those that were named", () => {
    expect(shown()).toEqual([9, 4, 7]);
    expect(shown({ units: [0, 5] })).toEqual([0, 5]);
    expect(shown({ ranking: [9] })).toEqual([9]);
  });

  it("have the current one first, for the last of the others, unless it is on show already", () => {
    expect(shown({ current: 2 })).toEqual([2, 9, 4]);
    expect(shown({ current: 4 })).toEqual([9, 4, 7]);
  });

  it("keep those that are pinned, in place where they are among the best", () => {
    expect(shown({ pinned: new Set([7]), current: 1 })).toEqual([1, 9, 7]);
    expect(shown({ pinned: new Set([0, 2]) })).toEqual([0, 2, 9]);
    expect(shown({ pinned: new Set([2]), current: 2 })).toEqual([2, 9, 4]);
  });

  it("are more than there is room for where more are pinned", () => {
    expect(shown({ pinned: new Set([0, 1, 2, 5]) })).toEqual([0, 1, 2, 5]);
  });
});

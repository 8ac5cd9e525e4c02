import { describe, expect, it } from "vitest";
import { besideEachOther } from "../../../src/widgets/box-plot/plot/marks/place-means.ts";

describe("slides on a box", () => {
  it("stand on the middle line where they are alone", () => {
    expect(besideEachOther([10, 40, 90], 6, 20)).toEqual([0, 0, 0]);
  });

  it("stand beside each other where they would cover each other", () => {
    const heights = [10, 11, 12, 13];
    const offsets = besideEachOther(heights, 6, 20);
    for (let a = 0; a < heights.length; a++)
      for (let b = 0; b < a; b++)
        expect(
          Math.hypot((offsets[a] ?? 0) - (offsets[b] ?? 0), (heights[a] ?? 0) - (heights[b] ?? 0)),
        ).toBeGreaterThanOrEqual(6);
  });

  it("never leave the box", () => {
    const offsets = besideEachOther(new Array<number>(50).fill(10), 6, 20);
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(17);
  });
});

import { describe, expect, it } from "vitest";
import { topMask } from "../../../../src/compute/saliency/drawing/top-mask.ts";

const placesOf = (mask: Uint8Array) => [...mask.keys()].filter((place) => mask[place] === 1);

describe("the top of a map", () => {
  const map = new Float32Array([0.1, 0.9, 0.5, 0.9, 0, 0.5, 0.5, 0.2, 0.3, 1]);

  it("is the greatest so many per cent of its places", () => {
    expect(placesOf(topMask(map, 10))).toEqual([9]);
    expect(placesOf(topMask(map, 30))).toEqual([1, 3, 9]);
  });

  it("takes the first of places that are alike, so that it is as large as was asked for", () => {
    expect(placesOf(topMask(map, 20))).toEqual([1, 9]);
    expect(placesOf(topMask(map, 50))).toEqual([1, 2, 3, 5, 9]);
    expect(placesOf(topMask(new Float32Array(8).fill(2), 50))).toEqual([0, 1, 2, 3]);
  });

  it("rounds a part of a place up, and a rounding not", () => {
    expect(placesOf(topMask(map, 21))).toHaveLength(3);
    const hundred = Float32Array.from({ length: 100 }, (_, place) => place);
    for (let percent = 0; percent <= 100; percent++)
      expect(placesOf(topMask(hundred, percent)), `${percent} %`).toHaveLength(percent);
  });

  it("is nothing at 0 and everything at 100", () => {
    expect(placesOf(topMask(map, 0))).toEqual([]);
    expect(placesOf(topMask(map, 100))).toHaveLength(10);
  });
});

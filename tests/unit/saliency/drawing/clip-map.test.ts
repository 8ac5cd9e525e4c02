import { describe, expect, it } from "vitest";
import { clippedMap } from "../../../../src/compute/saliency/drawing/clip-map.ts";
import { pair } from "../toy-model.ts";

const map = (strength: readonly number[], signed = strength) => ({
  strength: new Float32Array(strength),
  signed: new Float32Array(signed),
});

describe("a map clipped for drawing", () => {
  const channels = pair.integrated_gradients_25_zero.flat();
  const strength = channels.map((each) => each.reduce((sum, value) => sum + Math.abs(value), 0));
  const signed = channels.map((each) => each.reduce((sum, value) => sum + value, 0));

  it("is PAIR's grayscale of the toy model's integrated gradients", () => {
    const drawn = clippedMap(map(strength, signed), 99, false);
    pair.grayscale_p99_of_ig.flat().forEach((value, place) => {
      expect(drawn[place]).toBeCloseTo(value, 6);
    });
  });

  it("is, signed, PAIR's diverging one, but for what PAIR lets go below 0", () => {
    const drawn = clippedMap(map(strength, signed), 99, true);
    pair.diverging_p99_of_ig.flat().forEach((value, place) => {
      expect(drawn[place]).toBeCloseTo(Math.max(0, value), 6);
    });
    expect([...clippedMap(map([4, 0, -9], [4, 0, -9]), 100, true)]).toEqual([1, 0.5, 0]);
  });

  it("is brighter where the percentile is lower", () => {
    const hundred = map(Array.from({ length: 101 }, (_, place) => place));
    expect(clippedMap(hundred, 100, false)[50]).toBe(0.5);
    expect(clippedMap(hundred, 50, false)[50]).toBe(1);
  });

  it("keeps what XRAI has below 0 at the dark end", () => {
    expect([...clippedMap(map([-2, 0, 2]), 100, false)]).toEqual([0, 0.5, 1]);
  });

  it("that is the same everywhere has nothing to see, signed or not", () => {
    expect([...clippedMap(map([3, 3, 3]), 99, false)]).toEqual([0, 0, 0]);
    expect([...clippedMap(map([3, 3, 3]), 99, true)]).toEqual([0.5, 0.5, 0.5]);
    expect([...clippedMap(map([0, 0]), 99, true)]).toEqual([0.5, 0.5]);
  });

  it("leaves the numbers that it was made of alone", () => {
    const given = map([5, 1, 3], [5, -1, 3]);
    clippedMap(given, 50, false);
    clippedMap(given, 50, true);
    expect([[...given.strength], [...given.signed]]).toEqual([
      [5, 1, 3],
      [5, -1, 3],
    ]);
  });
});

import { expect, it } from "vitest";
import { DensityLimit } from "../../../src/widgets/mosaic/plot/drawing/density-limit.ts";

const followed = (sizes: readonly number[], isSettling: boolean) => {
  const limit = new DensityLimit();
  return sizes.map((size) => limit.isPassed(size, isSettling));
};

it("a settling map whose cells breathe about the limit changes over neither way", () => {
  expect(followed([6.1, 5.8, 6.2, 5.2, 6.1, 5.9], true)).toEqual(new Array(6).fill(false));
  expect(followed([5.9, 6.1, 5.8, 7.1, 6.1, 5.9], true)).toEqual(new Array(6).fill(true));
});

it("a settling map whose cells have clearly passed the limit changes over", () => {
  expect(followed([6.1, 4.9, 6.1, 7.3, 6.1], true)).toEqual([false, true, true, false, false]);
});

it("at rest the limit alone decides, whatever was on show before", () => {
  const limit = new DensityLimit();
  expect(limit.isPassed(5.9, true)).toBe(true);
  expect(limit.isPassed(6.1, true)).toBe(true);
  expect(limit.isPassed(6.1, false)).toBe(false);
  expect(limit.isPassed(5.9, false)).toBe(true);
});

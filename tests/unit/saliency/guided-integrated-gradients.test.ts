import { describe, expect, it } from "vitest";
import {
  type GuidedIntegratedGradientsOptions,
  guidedIntegratedGradients,
} from "../../../src/compute/saliency/guided-integrated-gradients.ts";
import { formulaScore, lineOf } from "./formula-score.ts";

// The cases of PAIR's own tests (saliency/core/guided_ig_test.py, Apache-2.0), with the scores whose gradients they give.
const linear = formulaScore(
  lineOf(2),
  ([a = 0, b = 0]) => 2 * a + b,
  () => [2, 1],
);
const independent = formulaScore(
  lineOf(2),
  ([a = 0, b = 0]) => 2 * a * a + b * b,
  ([a = 0, b = 0]) => [4 * a, 2 * b],
);
const squareOfSum = (lanes: number) =>
  formulaScore(
    lineOf(2),
    ([a = 0, b = 0]) => (2 * a + b) ** 2,
    ([a = 0, b = 0]) => [8 * a + 4 * b, 4 * a + 2 * b],
    lanes,
  );
const dependent = squareOfSum(1);

const guided = (picture: readonly number[], score: typeof linear, options: GuidedIntegratedGradientsOptions) =>
  guidedIntegratedGradients(new Float32Array(picture), score, options);

const within = (share: number, expected: readonly number[], values: Float32Array) =>
  expected.every((value, place) => Math.abs((values[place] ?? 0) - value) <= share * Math.abs(value));

describe("guided integrated gradients", () => {
  it("of a linear score are the exact differences, whatever the path", async () => {
    const xBaseline = new Float32Array([-1, -3]);
    const { values, completeness } = await guided([10, 5], linear, {
      xBaseline,
      xSteps: 10,
      fraction: 0.1,
      maxDist: 0.5,
    });
    expect(within(1e-6, [22, 8], values)).toBe(true);
    expect(completeness?.difference).toBe(30);
    expect(Math.abs(completeness?.error ?? 1)).toBeLessThan(1e-9);
    const zero = await guided([10, 5], linear, { xSteps: 10, fraction: 0.1, maxDist: 0.5 });
    expect(within(1e-6, [20, 5], zero.values)).toBe(true);
  });

  it("of independent squares are integrated gradients, upwards and downwards", async () => {
    const options = { xSteps: 1000, fraction: 0.1, maxDist: 0.4 };
    expect(within(0.01, [18, 9], (await guided([3, 3], independent, options)).values)).toBe(true);
    const saddle = formulaScore(
      lineOf(2),
      ([a = 0, b = 0]) => -2 * a * a - b * b,
      ([a = 0, b = 0]) => [-4 * a, -2 * b],
    );
    expect(within(0.01, [-18, -9], (await guided([3, 3], saddle, options)).values)).toBe(true);
  });

  it.each([
    { fraction: 0.1, maxDist: 0, expected: [54, 27], what: "no leave to stray" },
    { fraction: 1, maxDist: 0.5, expected: [54, 27], what: "all moved at a time" },
    { fraction: 0.1, maxDist: 1, expected: [72, 9], what: "no bounds" },
  ])("of a square of a sum follow the path: $what", async ({ fraction, maxDist, expected }) => {
    const { values } = await guided([3, 3], dependent, { xSteps: 1000, fraction, maxDist });
    expect(within(0.01, expected, values)).toBe(true);
  });

  it("between the bounds add up to the scores' difference and lie between both paths' answers", async () => {
    const { values, completeness } = await guided([3, 3], dependent, { xSteps: 1000, fraction: 0.1, maxDist: 0.2 });
    expect(Math.abs((completeness?.sum ?? 0) - 81)).toBeLessThan(0.1);
    const [first = 0, second = 0] = values;
    expect(first > 55 && first < 71 && second > 10 && second < 26).toBe(true);
  });

  it("asks for one gradient a step, one after the other, on however many lanes", async () => {
    const wide = squareOfSum(4);
    await guided([3, 3], wide, { xSteps: 12 });
    expect(wide.asked).toEqual({ gradients: 12, scores: 1, most: 1 });
  });

  it("of a picture that is its own baseline, and of numbers that are none, end", async () => {
    const same = await guided([3, 3], dependent, { xBaseline: new Float32Array([3, 3]) });
    expect([...same.values]).toEqual([0, 0]);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY])
      await expect(guided([wrong, 3], dependent, { xSteps: 3 })).resolves.toMatchObject({ values: { length: 2 } });
    const noGradient = formulaScore(
      lineOf(2),
      () => 0,
      () => [Number.NaN, Number.NaN],
    );
    await expect(guided([3, 3], noGradient, { xSteps: 3 })).resolves.toMatchObject({ values: { length: 2 } });
  });

  it.each([
    [{ xSteps: 0 }, "xSteps: expected an integer of at least 1, got 0"],
    [{ maxDist: 1.5 }, "maxDist: expected a number from 0 to 1, got 1.5"],
    [{ fraction: -1 }, "fraction: expected a number from 0 to 1, got -1"],
  ])("refuse %o", async (options, message) => {
    await expect(guided([3, 3], linear, options)).rejects.toThrow(message);
  });
});

import { describe, expect, it } from "vitest";
import { type Baseline, baselineOf } from "../../../src/compute/saliency/baselines.ts";
import { gaussLegendre } from "../../../src/compute/saliency/gauss-legendre.ts";
import { gradientXInput } from "../../../src/compute/saliency/gradient-x-input.ts";
import { integratedGradients } from "../../../src/compute/saliency/integrated-gradients.ts";
import { formulaScore, lineOf } from "./formula-score.ts";
import { farthest, picture, shape, toyModel } from "./toy-model.ts";

/** The case of PAIR's test: 5 x + y² + sin z from (0.5, 1, 1) to (1, 2, 3). */
const three = formulaScore(
  lineOf(3),
  ([x = 0, y = 0, z = 0]) => 5 * x + y * y + Math.sin(z),
  ([, y = 0, z = 0]) => [5, 2 * y, Math.cos(z)],
);
const end = new Float32Array([1, 2, 3]);
const xBaseline = new Float32Array([0.5, 1, 1]);
const exact = [2.5, 3, Math.sin(3) - Math.sin(1)];

describe("integrated gradients", () => {
  it("come to the exact differences with PAIR's thousand steps", async () => {
    const { values, completeness } = await integratedGradients(end, three, { xBaseline, xSteps: 1000 });
    expect(farthest(values, exact)).toBeLessThan(0.005);
    expect(completeness?.error).not.toBe(0);
  });

  it("by Gauss and Legendre's points come to them with five, and say how near they came", async () => {
    const options = { xBaseline, xSteps: 5, method: "gausslegendre" } as const;
    const { values, completeness, score, baselineScore } = await integratedGradients(end, three, options);
    expect(farthest(values, exact)).toBeLessThan(1e-5);
    expect(score - (baselineScore ?? 0)).toBe(completeness?.difference);
    expect(Math.abs(completeness?.error ?? 1)).toBeLessThan(1e-5);
  });

  it("have 50 points by Gauss and Legendre, which miss a score of many waves by less than 1e-3", async () => {
    const model = toyModel();
    const { completeness } = await integratedGradients(picture, model, { method: "gausslegendre" });
    expect(model.asked).toMatchObject({ gradients: 50, scores: 2 });
    expect(Math.abs(completeness?.error ?? 1)).toBeLessThan(1e-5);
  });

  it("with one step take the gradient at the baseline", async () => {
    const { values, baselineScore, score } = await integratedGradients(end, three, { xBaseline, xSteps: 1 });
    expect(farthest(values, [2.5, 2, 2 * Math.cos(1)])).toBeLessThan(1e-6);
    expect([baselineScore, score]).toEqual([3.5 + Math.sin(1), 9 + Math.sin(3)]);
  });

  it("refuse another rule", async () => {
    const wrong = { method: "trapezoid" as "riemann" };
    await expect(integratedGradients(end, three, wrong)).rejects.toThrow('Unknown method: "trapezoid".');
  });
});

it("gradient x input multiplies both", async () => {
  const { values } = await gradientXInput(end, three);
  expect(farthest(values, [5, 8, 3 * Math.cos(3)])).toBeLessThan(1e-6);
});

describe("Gauss and Legendre's points", () => {
  it("are the known ones for three", () => {
    const [low, middle, high] = gaussLegendre(3);
    expect(low?.node).toBeCloseTo(-Math.sqrt(0.6), 14);
    expect(middle?.node).toBeCloseTo(0, 14);
    expect(high?.weight).toBeCloseTo(5 / 9, 14);
    expect(middle?.weight).toBeCloseTo(8 / 9, 14);
  });

  it.each([1, 2, 25, 50, 200])("%i of them integrate every power that they should", (count) => {
    const points = gaussLegendre(count);
    for (const power of [0, 2 * count - 2, 2 * count - 1]) {
      const sum = points.reduce((all, { node, weight }) => all + weight * node ** power, 0);
      expect(sum).toBeCloseTo(power % 2 === 0 ? 2 / (power + 1) : 0, 13);
    }
  });
});

describe("a baseline", () => {
  const of = (baseline: Baseline) => baselineOf(baseline, picture, shape, { black: [-1, -2, -3], white: [1, 2, 3] });

  it("is zeros, the model's black or white, or a picture that is given", () => {
    expect(new Set(of("zeros"))).toEqual(new Set([0]));
    expect([...of("black").subarray(0, 4)]).toEqual([-1, -2, -3, -1]);
    expect([...of("white").subarray(0, 4)]).toEqual([1, 2, 3, 1]);
    expect(of(picture)).toBe(picture);
  });

  it("is the picture's own mean colour, or its blur, which keeps it", () => {
    const means = [0, 1, 2].map((channel) => {
      const own = picture.filter((_, i) => i % 3 === channel);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    });
    expect(farthest(of("mean").subarray(0, 3), means)).toBeLessThan(1e-6);
    const grey = new Float32Array(picture.length).fill(0.5);
    expect(farthest(baselineOf("blur", grey, shape), [...grey])).toBeLessThan(1e-6);
    const blurred = of("blur");
    expect(Math.max(...blurred) - Math.min(...blurred)).toBeLessThan(0.1);
    expect(blurred).not.toEqual(of("mean"));
  });

  it("is refused where it is unknown, of another size, or the model's colours are", () => {
    expect(() => of("grey" as "black")).toThrow('Unknown baseline: "grey".');
    expect(() => of(end)).toThrow("The baseline has 3 numbers, the picture 108.");
    expect(() => baselineOf("white", picture, shape)).toThrow(
      "What the model takes for white is not known for pictures of 3 channels.",
    );
  });
});

import { describe, expect, it } from "vitest";
import { colorsTaken } from "../../../src/compute/feature-visualization/colors-taken.ts";
import { levelPixels } from "../../../src/compute/feature-visualization/level-pixels.ts";
import { shiftPicture } from "../../../src/compute/feature-visualization/shift-picture.ts";
import { totalVariationGradient } from "../../../src/compute/feature-visualization/total-variation-gradient.ts";
import { type Exciting, visualizeFeature } from "../../../src/compute/feature-visualization/visualize-feature.ts";
import { preprocessingDefaults } from "../../../src/compute/features/preprocess/preprocessing.ts";

const layout = { height: 5, width: 4, channels: 3, channelsLast: true };
const size = 5 * 4 * 3;
const unit = { black: [0, 0, 0], white: [1, 1, 1] };

/** The same numbers with the channels first. */
const channelsFirst = (values: ArrayLike<number>) =>
  Float64Array.from({ length: size }, (_, at) => values[(at % 20) * 3 + Math.floor(at / 20)] ?? 0);

/** A weighted sum. */
const weighted =
  (weights: readonly number[], asked: Float32Array[] = []): Exciting =>
  async (picture) => {
    asked.push(picture);
    const activation = picture.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
    return { activation, most: activation, gradient: Float32Array.from(weights) };
  };

/** As written down by Rudin, Osher and Fatemi, with a millionth under the root. */
function variation(levels: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < 5; row++)
    for (let column = 0; column < 4; column++)
      for (let channel = 0; channel < 3; channel++) {
        const at = (down: number, right: number) => levels[((row + down) * 4 + column + right) * 3 + channel] ?? 0;
        const across = column < 3 ? at(0, 1) - at(0, 0) : 0;
        const below = row < 4 ? at(1, 0) - at(0, 0) : 0;
        sum += Math.sqrt(across ** 2 + below ** 2 + 1e-6);
      }
  return sum;
}

describe("total variation's gradient", () => {
  const levels = Float64Array.from({ length: size }, (_, at) => 0.5 + 0.3 * Math.sin(1.7 * at * at));

  it("is that of small differences", () => {
    const gradient = totalVariationGradient(levels, layout);
    for (let at = 0; at < size; at++) {
      const moved = (by: number) => variation(levels.map((value, place) => value + (place === at ? by : 0)));
      expect(gradient[at]).toBeCloseTo((moved(1e-6) - moved(-1e-6)) / 2e-6, 5);
    }
  });

  it("is the same whichever way the picture lies", () => {
    const last = totalVariationGradient(levels, layout);
    const first = totalVariationGradient(channelsFirst(levels), { ...layout, channelsLast: false });
    expect(first).toEqual(channelsFirst(last));
  });
});

it("a picture that is shifted comes in again at the other edge, and is itself when it is shifted back", () => {
  const line = { height: 2, width: 3, channels: 1, channelsLast: true };
  const picture = Float64Array.of(1, 2, 3, 4, 5, 6);
  expect([...shiftPicture(picture, line, 1, 2)]).toEqual([5, 6, 4, 2, 3, 1]);
  expect(shiftPicture(shiftPicture(picture, line, 3, -4), line, -3, 4)).toEqual(picture);
});

describe("gradient ascent", () => {
  const weights = Array.from({ length: size }, (_, at) => (at % 2 === 0 ? 1 : -1));
  const plain = { jitter: 0, blurEvery: 0, tvWeight: 0 };

  it("goes the same way for each number of an even gradient, as far as black and white", async () => {
    const near = await visualizeFeature(weighted(weights), layout, unit, { ...plain, steps: 1, stepSize: 0.1 });
    // The noise that it begins with goes 0.05 from grey.
    for (const [at, level] of near.levels.entries())
      expect(Math.abs(level - (at % 2 === 0 ? 0.6 : 0.4))).toBeLessThan(0.0501);
    const far = await visualizeFeature(weighted(weights), layout, unit, { ...plain, steps: 8, stepSize: 0.1 });
    expect([...far.levels]).toEqual(weights.map((weight) => (weight > 0 ? 1 : 0)));
    expect(far.activation).toBe(30);
  });

  it("does the same whatever black and white are, and whatever the answers are multiplied by", async () => {
    const options = { steps: 5, seed: 2 };
    const asked: Float32Array[] = [];
    const one = await visualizeFeature(weighted(weights), layout, unit, options);
    const dark = { black: [-2, -2, -2], white: [-6, -6, -6] };
    const turned = weighted(
      weights.map((weight) => -1024 * weight),
      asked,
    );
    const other = await visualizeFeature(turned, layout, dark, options);
    for (const [at, level] of other.levels.entries()) expect(level).toBeCloseTo(one.levels[at] ?? 9, 12);
    expect(asked.every((picture) => picture.every((value) => value <= -2 && value >= -6))).toBe(true);
  });

  it("does the same whichever way the picture lies", async () => {
    const first = { ...layout, channelsLast: false };
    const one = await visualizeFeature(weighted(weights), layout, unit, { steps: 5 });
    const other = await visualizeFeature(weighted([...channelsFirst(weights)]), first, unit, { steps: 5 });
    expect(other.levels).toEqual(channelsFirst(one.levels));
  });

  it("holds pictures that are drawn to grey nearer to it", async () => {
    const options = { ...plain, steps: 120, stepSize: 0.02, l2Weight: 2 };
    const { levels } = await visualizeFeature(weighted(weights), layout, unit, options);
    // There the pull, 2 · 2 · (level - 0.5), is as strong as the gradient.
    for (const [at, level] of levels.entries()) expect(level).toBeCloseTo(at % 2 === 0 ? 0.75 : 0.25, 3);
  });

  it("begins with stronger noise where nothing answers to faint noise", async () => {
    const bright: Exciting = async (picture) => {
      const activation = picture.reduce((sum, value) => sum + Math.max(0, value - 0.8), 0);
      return { activation, most: activation, gradient: picture.map((value) => Number(value > 0.8)) };
    };
    const grown = await visualizeFeature(bright, layout, unit, { ...plain, steps: 4 });
    expect(grown.activation).toBeGreaterThan(0);
    const blind: Exciting = async () => ({ activation: 0, most: 0, gradient: new Float32Array(size) });
    await expect(visualizeFeature(blind, layout, unit)).rejects.toThrow(
      "Nothing excites it: at 6 pictures of noise no pixel has an influence.",
    );
  });
});

describe("levels as a picture", () => {
  it("have their colours where the model has them, a single channel as grey", () => {
    const pixel = { height: 1, width: 1, channels: 3, channelsLast: true };
    expect([...levelPixels(Float64Array.of(1, 0.2, 0), pixel, false).data]).toEqual([255, 51, 0, 255]);
    expect([...levelPixels(Float64Array.of(1, 0.2, 0), pixel, true).data]).toEqual([0, 51, 255, 255]);
    const grey = { ...pixel, channels: 1 };
    expect([...levelPixels(Float64Array.of(0.2), grey, false).data]).toEqual([51, 51, 51, 255]);
  });

  it("are between what the model takes for black and white, as far as that is known", () => {
    const scaled = { ...preprocessingDefaults, scale: 1, mean: [100, 110, 120] };
    expect(colorsTaken(scaled, 3)).toEqual({ black: [-100, -110, -120], white: [155, 145, 135] });
    expect(colorsTaken({ ...preprocessingDefaults, standardize: "tensorflow" }, 3).white).toEqual([2, 2, 2]);
    expect(colorsTaken(null, 2)).toEqual({ black: [0, 0], white: [1, 1] });
  });
});

import { describe, expect, it } from "vitest";
import { gaussianNoise } from "../../../src/compute/saliency/gaussian-noise.ts";
import { smooth } from "../../../src/compute/saliency/smooth.ts";
import { vanilla } from "../../../src/compute/saliency/vanilla.ts";
import { picture, toyModel } from "./toy-model.ts";

const smoothed = (options: Parameters<typeof smooth>[2], lanes = 1) => {
  const model = toyModel(lanes);
  return smooth(picture, { ...model, attribute: (noisy, job) => vanilla(noisy, model, job) }, options);
};

describe("the noise of SmoothGrad", () => {
  it("has mean 0, standard deviation 1 and as much beyond two of them as a normal one", () => {
    const noise = gaussianNoise(3, 1000);
    const drawn = Array.from({ length: 100_000 }, (_, i) => noise(Math.floor(i / 1000), i % 1000));
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
    const beyond = drawn.filter((value) => Math.abs(value) > 2).length / drawn.length;
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    expect(Math.abs(beyond - 0.0455)).toBeLessThan(0.003);
  });

  it("is the same for a seed, on any number of lanes, and another for another", async () => {
    const [first, again, other] = await Promise.all([
      smoothed({ seed: 1 }),
      smoothed({ seed: 1 }, 4),
      smoothed({ seed: 2 }),
    ]);
    expect(again.values).toEqual(first.values);
    expect(other.values).not.toEqual(first.values);
  });

  it("is none without a spread: the squares of the gradient", async () => {
    const { values } = await smoothed({ stdevSpread: 0, nsamples: 2 });
    const plain = await vanilla(picture, toyModel());
    expect([...values]).toEqual([...plain.values.map((value) => value * value)]);
  });

  it("is as wide as its share of the picture's range", async () => {
    const seen: Float32Array[] = [];
    const model = toyModel();
    await smooth(
      picture,
      {
        ...model,
        attribute: (noisy, job) => {
          seen.push(noisy);
          return vanilla(noisy, model, job);
        },
      },
      { nsamples: 1, stdevSpread: 0.15, noise: () => 1 },
    );
    const range = Math.max(...picture) - Math.min(...picture);
    expect((seen[0]?.[5] ?? 0) - (picture[5] ?? 0)).toBeCloseTo(0.15 * range, 6);
  });
});

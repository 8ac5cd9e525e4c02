import { describe, expect, it } from "vitest";
import { attribute, type SaliencyOptions } from "../../../src/compute/saliency/attribute.ts";
import type { LayerDifferentiable } from "../../../src/compute/saliency/differentiable.ts";
import { integratedGradients } from "../../../src/compute/saliency/integrated-gradients.ts";
import {
  ALL_METHODS,
  NUMBERED_METHODS,
  SALIENCY_METHODS,
  type SaliencyMethod,
} from "../../../src/compute/saliency/saliency-method.ts";
import { picture, shape, toyModel } from "./toy-model.ts";

/** A layer of one channel whose gradient is the picture's first numbers. */
const layer: LayerDifferentiable = {
  shape,
  lanes: 2,
  answer: async (given) => ({
    activations: new Float32Array([1, 2, 3, 4]),
    gradients: given.slice(0, 4),
    channels: 1,
    height: 2,
    width: 2,
    score: given[0] ?? 0,
  }),
};

function made(method: SaliencyMethod, smooth: boolean, options: SaliencyOptions = {}, model = toyModel(2)) {
  const few = { xSteps: 3, steps: 3, nsamples: 3, size: 5, ...options };
  const source = { differentiable: async () => model, layer: async () => layer };
  return attribute(picture, source, { method, smooth, options: few });
}

/** XRAI is slow to cut a picture into segments, and made smooth does so for each sample. */
const BOTH = SALIENCY_METHODS.flatMap((method) =>
  (method.startsWith("xrai") ? [false] : [false, true]).map((smooth) => ({ method, smooth })),
);

describe("a method by its name", () => {
  it.each(BOTH)("$method gives a map of the picture's size, smooth: $smooth", async ({ method, smooth }) => {
    const { values, shape: own } = await made(method, smooth);
    expect([own.height, own.width]).toEqual([6, 6]);
    expect(values).toHaveLength(36 * own.channels);
    expect(values.some((value) => value !== 0)).toBe(true);
  });

  it("is refused where there is none of it", async () => {
    await expect(made("lime" as SaliencyMethod, false)).rejects.toThrow('Unknown method: "lime".');
  });

  it("made smooth keeps to the lanes that there are", async () => {
    const model = toyModel(2);
    await made("integrated_gradients", true, { nsamples: 5 }, model);
    expect(model.asked).toEqual({ gradients: 15, scores: 1, most: 2 });
  });

  it("made smooth has the baseline of the picture without noise", async () => {
    const smoothed = await made("integrated_gradients", true, {
      xBaseline: "mean",
      nsamples: 1,
      magnitude: false,
      noise: () => 1,
    });
    const noisy = picture.map((value) => value + 0.15 * (Math.max(...picture) - Math.min(...picture)));
    const own = await integratedGradients(noisy, toyModel(), { xSteps: 3, xBaseline: "mean" });
    expect(smoothed.values).not.toEqual(own.values);
    const { values } = await made("integrated_gradients", false, { xBaseline: "mean" });
    const flat = await made("integrated_gradients", true, {
      xBaseline: "mean",
      nsamples: 1,
      magnitude: false,
      noise: () => 0,
    });
    expect(flat.values).toEqual(values);
  });
});

describe("Slideflow's names", () => {
  it("number ten methods, of which 7 is smooth", () => {
    expect(NUMBERED_METHODS).toHaveLength(10);
    expect(NUMBERED_METHODS[7]).toEqual({ method: "blur_integrated_gradients", smooth: true });
    expect(NUMBERED_METHODS[9]).toEqual({ method: "xrai_fast", smooth: false });
  });

  it("of all() are eight, each method as it is and smooth", () => {
    expect(ALL_METHODS.map(({ name }) => name)).toEqual([
      "Vanilla",
      "Vanilla (Smoothed)",
      "Integrated Gradients",
      "Integrated Gradients (Smooth)",
      "Guided Integrated Gradients",
      "Guided Integrated Gradients (Smooth)",
      "Blur Integrated Gradients",
      "Blur Integrated Gradients (Smooth)",
    ]);
    expect(ALL_METHODS.map(({ method, smooth }) => ({ method, smooth }))).toEqual(NUMBERED_METHODS.slice(0, 8));
  });
});

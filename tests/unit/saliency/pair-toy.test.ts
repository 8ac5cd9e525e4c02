import { describe, expect, it } from "vitest";
import { blurIntegratedGradients } from "../../../src/compute/saliency/blur-integrated-gradients.ts";
import type { LayerDifferentiable } from "../../../src/compute/saliency/differentiable.ts";
import { gradCam } from "../../../src/compute/saliency/grad-cam.ts";
import { guidedIntegratedGradients } from "../../../src/compute/saliency/guided-integrated-gradients.ts";
import { integratedGradients } from "../../../src/compute/saliency/integrated-gradients.ts";
import { diverging, grayscale } from "../../../src/compute/saliency/normalize-map.ts";
import { smooth } from "../../../src/compute/saliency/smooth.ts";
import { vanilla } from "../../../src/compute/saliency/vanilla.ts";
import { channelsFirst, farthest, pair, picture, score, shape, toyModel, toyModelChannelsFirst } from "./toy-model.ts";

/** PAIR had the picture in double precision, a model takes it in single. */
const CLOSE = 5e-7;

const waves = (sample: number, place: number) => Math.sin(1.7 * place + sample);
const smoothed = (magnitude: boolean, model = toyModel(), of = picture) =>
  smooth(of, { ...model, attribute: (noisy, job) => vanilla(noisy, model, job) }, { magnitude, noise: waves });

describe("on PAIR's toy model", () => {
  it("the gradient is PAIR's", async () => {
    const { values, score: own } = await vanilla(picture, toyModel());
    expect(farthest(values, pair.vanilla)).toBeLessThan(CLOSE);
    expect(own).toBe(score(picture));
  });

  it("integrated gradients are PAIR's, and miss the scores' difference by as much", async () => {
    const { values, completeness, baselineScore } = await integratedGradients(picture, toyModel());
    expect(farthest(values, pair.integrated_gradients_25_zero)).toBeLessThan(CLOSE);
    expect(baselineScore).toBe(0);
    expect(completeness?.sum).toBeCloseTo(2.7628087826, 6);
    expect(completeness?.difference).toBeCloseTo(2.7677979897, 6);
    expect(completeness?.error).toBeCloseTo(-0.0049892, 6);
  });

  it("guided integrated gradients are PAIR's with Slideflow's settings and with its own", async () => {
    const guided = await guidedIntegratedGradients(picture, toyModel());
    expect(farthest(guided.values, pair["guided_ig_25_0.5_1.0_zero"])).toBeLessThan(CLOSE);
    expect(guided.completeness?.sum).toBeCloseTo(2.7984402031, 6);
    const options = { xSteps: 200, fraction: 0.25, maxDist: 0.02 };
    const narrow = await guidedIntegratedGradients(picture, toyModel(), options);
    expect(farthest(narrow.values, pair["guided_ig_200_0.25_0.02_zero"])).toBeLessThan(CLOSE);
    expect(narrow.completeness?.sum).toBeCloseTo(2.7703576148, 6);
  });

  it("blur integrated gradients are PAIR's, with roots of sigma as with one picture a batch", async () => {
    const even = await blurIntegratedGradients(picture, toyModel());
    // The difference of two blurs is divided by 0.01: what rounding the picture costs is a hundred times as much.
    expect(farthest(even.values, pair.blur_ig_100_50)).toBeLessThan(1e-6);
    expect(even.completeness?.sum).toBeCloseTo(3.2341181025, 5);
    const roots = await blurIntegratedGradients(picture, toyModel(), { sqrt: true });
    expect(farthest(roots.values, pair.blur_ig_sqrt_bs1)).toBeLessThan(1e-6);
  });

  it("SmoothGrad with given noise is PAIR's, of squares and of gradients", async () => {
    const squares = await smoothed(true);
    expect(farthest(squares.values, pair.smoothgrad_injected_noise.magnitude_true)).toBeLessThan(1e-6);
    const means = await smoothed(false);
    expect(farthest(means.values, pair.smoothgrad_injected_noise.magnitude_false)).toBeLessThan(1e-6);
    expect(means.score).toBe(score(picture));
  });

  it("the maps for drawing are PAIR's", async () => {
    const attribution = await integratedGradients(picture, toyModel());
    expect(farthest(grayscale(attribution).values, pair.grayscale_p99_of_ig)).toBeLessThan(1e-6);
    expect(farthest(diverging(attribution).values, pair.diverging_p99_of_ig)).toBeLessThan(1e-6);
    expect(grayscale(attribution).note).toBeNull();
  });

  it("all of it is the same with the channels first", async () => {
    const turned = channelsFirst(picture);
    const model = toyModelChannelsFirst();
    const even = await blurIntegratedGradients(turned, model, { steps: 9 });
    const last = await blurIntegratedGradients(picture, toyModel(), { steps: 9 });
    expect(farthest(even.values, [...channelsFirst(last.values)])).toBeLessThan(CLOSE);
    const noisy = await smoothed(true, model, turned);
    expect(farthest(noisy.values, [...channelsFirst((await smoothed(true)).values)])).toBeLessThan(CLOSE);
    expect(farthest(grayscale(noisy).values, [...grayscale(await smoothed(true)).values])).toBeLessThan(CLOSE);
  });
});

it("Grad-CAM's map of a layer is PAIR's, brought to the picture's size and not", async () => {
  // (3, 3, 4) in PAIR's order; a layer's answer has its channels first.
  const layerOf = (of: (i: number) => number) =>
    Float32Array.from({ length: 36 }, (_, at) => of((at % 9) * 4 + Math.floor(at / 9)));
  const answer = { activations: layerOf((i) => i % 7), gradients: layerOf(Math.sin), channels: 4, height: 3, width: 3 };
  const layer: LayerDifferentiable = { shape, lanes: 1, answer: async () => ({ ...answer, score: 5 }) };
  const raw = await gradCam(picture, layer, { shouldResize: false });
  expect(farthest(raw.values, pair.gradcam.raw)).toBeLessThan(CLOSE);
  expect(raw.shape).toMatchObject({ height: 3, width: 3, channels: 1 });
  const resized = await gradCam(picture, layer);
  expect(farthest(resized.values, pair.gradcam.resized_6x6)).toBeLessThan(CLOSE);
  expect(resized).toMatchObject({ score: 5, shape: { height: 6, width: 6, channels: 1 } });
});

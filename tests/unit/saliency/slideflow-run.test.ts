import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import {
  attribute,
  type SaliencyAsked,
  type SaliencyOptions,
  type SaliencySource,
} from "../../../src/compute/saliency/attribute.ts";
import { grayscale } from "../../../src/compute/saliency/normalize-map.ts";
import { channelsFirst, classIdx, left, networkSource, picture } from "./slideflow-run.ts";

/** What tests/reference/models/make-completeness-goldens.py wrote. */
const missed: {
  readonly points: Readonly<Record<string, { readonly double: { error: number; difference: number } }>>;
} = JSON.parse(readFileSync("tests/reference/models/completeness-goldens.json", "utf8"));

const noise = (sample: number, place: number) => Math.sin(1.7 * place + sample);

const ofRelu3 = networkSource();

async function made(
  method: SaliencyAsked["method"],
  smooth = false,
  options: SaliencyOptions = {},
  source: Promise<SaliencySource> = ofRelu3,
) {
  return attribute(picture, await source, { method, smooth, options: { noise, ...options } });
}

function farthest(ours: Float32Array, theirs: Float32Array): number {
  return Math.max(...ours.map((value, at) => Math.abs(value - (theirs[at] ?? Number.NaN))));
}

describe("on the network and the picture of a run of the real Slideflow", () => {
  it.each([
    ["vanilla", 2e-6],
    ["integrated_gradients", 2e-6],
    // Of a network with ReLUs a path may turn with the last digit of a gradient; here it doesn't.
    ["guided_integrated_gradients", 2e-6],
    // SciPy rounds each blur to single precision before the difference of two is divided by 0.01.
    ["blur_integrated_gradients", 1e-4],
  ] as const)("%s has PAIR's numbers and Slideflow's map", async (method, most) => {
    const attribution = await made(method);
    expect(attribution.score).toBeCloseTo(left("logits")[classIdx] ?? 0, 4);
    expect(relativeDifference(attribution.values, channelsFirst(left(`raw_${method}`)))).toBeLessThan(most);
    expect(farthest(grayscale(attribution).values, left(`map_${method}`))).toBeLessThan(most);
  });

  it("the path of integrated gradients begins at the score of zeros", async () => {
    const { baselineScore } = await made("integrated_gradients");
    expect(baselineScore).toBeCloseTo(left("logits_of_zeros")[classIdx] ?? 0, 5);
  });

  it.each(Object.entries(missed.points))(
    "%s points by Gauss and Legendre miss what they miss in double precision",
    async (points, right) => {
      const options = { method: "gausslegendre", xSteps: Number(points) } as const;
      const { completeness } = await made("integrated_gradients", false, options);
      const { error = 1, difference = 0 } = completeness ?? {};
      expect(Math.abs(error - right.double.error)).toBeLessThan(3e-6);
      expect(Math.abs(difference - right.double.difference)).toBeLessThan(3e-6);
    },
  );

  it("fifty of them miss less than a thousandth of the scores' difference", () => {
    const { error, difference } = missed.points["50"]?.double ?? { error: 1, difference: 0 };
    expect(Math.abs(error / difference)).toBeLessThan(1e-3);
  });

  it.each([
    ["vanilla", "map_vanilla_smooth_waves"],
    ["gradcam", "map_gradcam_relu3_smooth_waves"],
  ] as const)("%s made smooth with the same noise has Slideflow's map", async (method, name) => {
    expect(farthest(grayscale(await made(method, true)).values, left(name))).toBeLessThan(5e-6);
  });

  it.each(["relu1", "conv2", "relu3"])("Grad-CAM of %s has Slideflow's map", async (layer) => {
    const map = grayscale(await made("gradcam", false, {}, networkSource(layer)));
    expect(farthest(map.values, left(`map_gradcam_${layer}`))).toBeLessThan(5e-6);
  });

  it("Grad-CAM in the layer's own size has PAIR's numbers", async () => {
    const { values } = await made("gradcam", false, { shouldResize: false });
    expect(relativeDifference(values, left("raw_gradcam_relu3_mask_not_resized"))).toBeLessThan(2e-6);
  });
});

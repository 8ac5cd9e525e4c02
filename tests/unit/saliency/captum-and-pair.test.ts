import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { attribute, type SaliencyAsked, type SaliencyOptions } from "../../../src/compute/saliency/attribute.ts";
import { networkSource } from "./slideflow-run.ts";

/** What Captum, in double precision, and PAIR say (tests/reference/models/make-saliency-goldens.py). */
const golden = JSON.parse(
  gunzipSync(readFileSync(new URL("../../reference/models/saliency-goldens.json.gz", import.meta.url))).toString(),
) as {
  readonly class: number;
  readonly baseline: number;
  readonly captum: Readonly<Record<"integratedGradients" | "inputXGradient" | "gradCam", string>> & {
    readonly delta: number;
  };
  readonly pair: Readonly<Record<"integratedGradients" | "blurBySquareRoots" | "occlusion", string>>;
};

/** 0.9 sin(0.05 i + 0.3 sin(0.7 i)). */
const picture = Float32Array.from(
  { length: 3 * 64 * 64 },
  (_, i) => 0.9 * Math.sin(0.05 * i + 0.3 * Math.sin(0.7 * i)),
);
const xBaseline = new Float32Array(picture.length).fill(golden.baseline);

const source = networkSource("relu3", golden.class);

async function made(method: SaliencyAsked["method"], options: SaliencyOptions = {}) {
  return attribute(picture, await source, { method, smooth: false, options });
}

const relative = (ours: Float32Array, theirs: string) =>
  relativeDifference(ours, new Float32Array(new Uint8Array(Buffer.from(theirs, "base64")).buffer));

describe("on a network with ReLUs", () => {
  it("integrated gradients by Gauss and Legendre's points are Captum's, with its convergence delta", async () => {
    const { values, completeness } = await made("integrated_gradients", { method: "gausslegendre", xBaseline });
    expect(relative(values, golden.captum.integratedGradients)).toBeLessThan(5e-6);
    expect(Math.abs((completeness?.error ?? 1) - golden.captum.delta)).toBeLessThan(5e-6);
  });

  it("gradient x input is Captum's", async () => {
    expect(relative((await made("gradient_x_input")).values, golden.captum.inputXGradient)).toBeLessThan(5e-6);
  });

  it("Grad-CAM in the layer's own size is Captum's", async () => {
    const { values } = await made("gradcam", { shouldResize: false });
    expect(relative(values, golden.captum.gradCam)).toBeLessThan(5e-6);
  });

  it("integrated gradients from a baseline that is given are PAIR's", async () => {
    const { values } = await made("integrated_gradients", { xBaseline });
    expect(relative(values, golden.pair.integratedGradients)).toBeLessThan(5e-6);
  });

  it("blur integrated gradients by roots of sigma are PAIR's of one picture a batch", async () => {
    const { values } = await made("blur_integrated_gradients", { maxSigma: 8, steps: 10, sqrt: true });
    // SciPy rounds each blur to single precision before the difference of two is divided by 0.01.
    expect(relative(values, golden.pair.blurBySquareRoots)).toBeLessThan(1e-4);
  });

  it("occlusion is PAIR's", async () => {
    const { values } = await made("occlusion", { size: 56, value: 0.5 });
    expect(relative(values, golden.pair.occlusion)).toBeLessThan(5e-6);
  });
});

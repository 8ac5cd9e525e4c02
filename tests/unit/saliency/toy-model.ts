import { readFileSync } from "node:fs";
import type { PictureShape } from "../../../src/compute/saliency/differentiable.ts";
import { formulaScore } from "./formula-score.ts";

type Picture = readonly (readonly (readonly number[])[])[];

/** What PAIR's code made of the toy model's picture (tests/reference/pack-slideflow-saliency.py). */
export const pair = JSON.parse(
  readFileSync(new URL("../../reference/saliency/pair-toy.json", import.meta.url)).toString(),
) as {
  readonly vanilla: Picture;
  readonly integrated_gradients_25_zero: Picture;
  readonly "guided_ig_25_0.5_1.0_zero": Picture;
  readonly "guided_ig_200_0.25_0.02_zero": Picture;
  readonly blur_ig_100_50: Picture;
  readonly blur_ig_sqrt_bs1: Picture;
  readonly grayscale_p99_of_ig: readonly (readonly number[])[];
  readonly diverging_p99_of_ig: readonly (readonly number[])[];
  readonly smoothgrad_injected_noise: { readonly magnitude_true: Picture; readonly magnitude_false: Picture };
  readonly gradcam: {
    readonly weights: readonly number[];
    readonly raw: readonly (readonly number[])[];
    readonly resized_6x6: readonly (readonly number[])[];
  };
  /** Slideflow's, of four pixels. */
  readonly overlay: {
    readonly image: Picture;
    readonly mask: readonly (readonly number[])[];
    readonly overlay: Picture;
  };
};

export const shape: PictureShape = { height: 6, width: 6, channels: 3, channelsLast: true };
const size = 6 * 6 * 3;

/** 0.8 sin(0.37 i) + 0.1, i counted in the order (height, width, channel). */
export const picture = Float32Array.from({ length: size }, (_, i) => 0.8 * Math.sin(0.37 * i) + 0.1);

const mean = (x: Float32Array) => x.reduce((sum, value) => sum + value, 0) / size;
const weight = (i: number) => Math.cos(0.11 * i);

/** sum(w tanh x) + 5 mean(x)², w = cos(0.11 i). */
export const score = (x: Float32Array) =>
  x.reduce((sum, value, i) => sum + weight(i) * Math.tanh(value), 0) + 5 * mean(x) ** 2;

const gradient = (x: Float32Array) => {
  const middle = mean(x);
  return x.map((value, i) => weight(i) * (1 - Math.tanh(value) ** 2) + (10 * middle) / size);
};

export const toyModel = (lanes = 1) => formulaScore(shape, score, gradient, lanes);

/** The same picture or map with its channels first. */
export function channelsFirst(values: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(values, (_, i) => values[(i % 36) * 3 + Math.floor(i / 36)] ?? 0);
}

/** The same model for pictures whose channels come first. */
export function toyModelChannelsFirst() {
  const last = (x: Float32Array) => Float32Array.from(x, (_, i) => x[(i % 3) * 36 + Math.floor(i / 3)] ?? 0);
  return formulaScore(
    { ...shape, channelsLast: false },
    (x) => score(last(x)),
    (x) => channelsFirst(gradient(last(x))),
  );
}

/** The greatest difference between two lists of numbers, nested or not. */
export function farthest(one: ArrayLike<number>, other: readonly unknown[]): number {
  const flat = other.flat(9) as number[];
  if (flat.length !== one.length) return Number.POSITIVE_INFINITY;
  return Math.max(...flat.map((value, i) => Math.abs(value - (one[i] ?? Number.NaN))));
}

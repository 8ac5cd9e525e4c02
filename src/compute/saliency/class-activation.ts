import { resizeLinear } from "../images/resize/resize-linear.ts";
import { type Attribution, placesOf, type SaliencyJob } from "./attribution.ts";
import type { LayerAnswer, LayerDifferentiable } from "./differentiable.ts";
import { runOne } from "./run-steps.ts";

export interface ClassActivationOptions {
  /** To the picture's size, with 1 at the layer's maximum; else the layer's own places and numbers. True unless given. */
  readonly shouldResize?: boolean | undefined;
}

/** What speaks for the score at each place of a layer, before what speaks against it is left out. */
export type WeighMaps = (answer: LayerAnswer) => Float64Array<ArrayBuffer>;

/**
 * A map of a layer's places: what is below 0 is left out, the maximum becomes 1 and the rest is brought to the picture's
 * size as PAIR's `GradCam` does, by `skimage.transform.resize`. Where nothing speaks for the score all of it is 0.
 */
export async function classActivation(
  picture: Float32Array<ArrayBuffer>,
  layer: LayerDifferentiable,
  stage: string,
  weigh: WeighMaps,
  { shouldResize = true }: ClassActivationOptions,
  job: SaliencyJob,
): Promise<Attribution> {
  const answer = await runOne({ stage, unit: "gradients" }, () => layer.answer(picture.slice()), job);
  const { score } = answer;
  const own = placesOf({ ...layer.shape, height: answer.height, width: answer.width });
  const sums = weigh(answer).map((sum) => Math.max(0, sum));
  if (!shouldResize) return { values: new Float32Array(sums), shape: own, score };
  const highest = sums.reduce((most, sum) => Math.max(most, sum), 0);
  const shares = highest > 0 ? sums.map((sum) => sum / highest) : sums;
  const shape = placesOf(layer.shape);
  return { values: new Float32Array(resizeLinear(shares, own, shape)), shape, score };
}

/** The sum of a layer's maps, each times its weight. */
export function weightedMaps(
  { activations, channels, height, width }: LayerAnswer,
  weights: Float64Array,
): Float64Array<ArrayBuffer> {
  const places = height * width;
  const sums = new Float64Array(places);
  for (let channel = 0; channel < channels; channel++) {
    const weight = weights[channel] ?? 0;
    for (let place = 0; place < places; place++)
      sums[place] = (sums[place] ?? 0) + weight * (activations[channel * places + place] ?? 0);
  }
  return sums;
}

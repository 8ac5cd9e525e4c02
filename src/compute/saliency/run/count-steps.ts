import type { SaliencyOptions } from "../attribute.ts";
import type { PictureShape } from "../differentiable.ts";
import type { NamedMethod } from "../saliency-method.ts";

/** Runs of a model that a method takes for a picture. */
export interface StepCount {
  readonly runs: number;
  /** How many of them don't wait for each other. */
  readonly apart: number;
}

/** XRAI's own path has so many points; it takes one from black and one from white. */
const XRAI_RUNS = 200;

/** About how often a method runs the model for a picture, to know how many workers pay. */
export function countSteps(
  { method, smooth }: NamedMethod,
  { xSteps = 25, steps = 100, nsamples = 25, size = 15, stride = 1 }: SaliencyOptions,
  { height, width }: PictureShape,
): StepCount {
  const along = (side: number) => Math.ceil(Math.max(0, side - size) / stride) + 1;
  const one = () => {
    if (method === "integrated_gradients") return xSteps;
    if (method === "guided_integrated_gradients") return xSteps;
    if (method === "blur_integrated_gradients") return steps;
    if (method === "xrai" || method === "xrai_fast") return XRAI_RUNS;
    return method === "occlusion" ? along(height) * along(width) : 1;
  };
  const runs = one();
  if (smooth) return { runs: runs * nsamples, apart: nsamples };
  return { runs, apart: method === "guided_integrated_gradients" ? 1 : runs };
}

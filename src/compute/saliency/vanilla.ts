import type { Attribution, SaliencyJob } from "./attribution.ts";
import type { Differentiable } from "./differentiable.ts";
import { runOne } from "./run-steps.ts";

/**
 * Vanilla gradients: how the score changes with each number of the picture, with its sign (Simonyan, Vedaldi and Zisserman
 * 2013, arXiv 1312.6034; PAIR's `GradientSaliency`).
 *
 * @param picture - As the model takes it.
 */
export async function vanilla(
  picture: Float32Array<ArrayBuffer>,
  differentiable: Differentiable,
  job: SaliencyJob = {},
): Promise<Attribution> {
  const told = { stage: "Vanilla gradients", unit: "gradients" };
  const { gradient, score } = await runOne(told, () => differentiable.gradient(picture.slice()), job);
  return { values: new Float32Array(gradient), shape: differentiable.shape, score };
}

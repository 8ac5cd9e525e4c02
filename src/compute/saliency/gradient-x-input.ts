import type { Attribution, SaliencyJob } from "./attribution.ts";
import type { Differentiable } from "./differentiable.ts";
import { runOne } from "./run-steps.ts";

/**
 * Each number of the picture times the gradient there (Shrikumar and others 2016, arXiv 1605.01713; Captum's
 * `InputXGradient`): what the score would lose without it if the model were linear.
 *
 * @param picture - As the model takes it.
 */
export async function gradientXInput(
  picture: Float32Array<ArrayBuffer>,
  differentiable: Differentiable,
  job: SaliencyJob = {},
): Promise<Attribution> {
  const told = { stage: "Gradient x input", unit: "gradients" };
  const { gradient, score } = await runOne(told, () => differentiable.gradient(picture.slice()), job);
  const values = picture.map((number, index) => number * (gradient[index] ?? 0));
  return { values, shape: differentiable.shape, score };
}

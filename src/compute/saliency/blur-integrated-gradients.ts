import { gaussianBlur } from "../images/blur/gaussian-blur.ts";
import { checkNumber } from "../option-checks.ts";
import { type Attribution, completenessOf, type SaliencyJob } from "./attribution.ts";
import type { Differentiable } from "./differentiable.ts";
import { runSteps } from "./run-steps.ts";

export interface BlurIntegratedGradientsOptions {
  /** Standard deviation of the strongest blur, in pixels; 50 unless given. */
  readonly maxSigma?: number | undefined;
  /** Gradients along the path; 100 unless given. */
  readonly steps?: number | undefined;
  /** By how much sigma differs in the two blurs whose difference is the path's direction; 0.01 unless given. */
  readonly gradStep?: number | undefined;
  /** Square roots of even steps of sigma instead of even steps; false unless given. */
  readonly sqrt?: boolean | undefined;
}

/**
 * Blur integrated gradients (Xu, Venugopalan and Sundararajan 2020, arXiv 2004.03383; PAIR's `BlurIG`): the path leads
 * from the blurred picture to the picture, so that no colour serves as a baseline. Beyond the picture's edges there is 0,
 * as in PAIR. With `sqrt`, each step is weighted with its own width: PAIR weights a batch with the width of its last.
 *
 * @param picture - As the model takes it.
 * @throws ComputeError "input" for a wrong option.
 */
export async function blurIntegratedGradients(
  picture: Float32Array<ArrayBuffer>,
  differentiable: Differentiable,
  { maxSigma = 50, steps = 100, gradStep = 0.01, sqrt = false }: BlurIntegratedGradientsOptions = {},
  job: SaliencyJob = {},
): Promise<Attribution> {
  checkNumber("maxSigma", maxSigma, { above: 0 });
  checkNumber("steps", steps, { integer: true, least: 1 });
  checkNumber("gradStep", gradStep, { above: 0 });
  const { shape, lanes } = differentiable;
  const exact = new Float64Array(picture);
  const sigmaAt = (step: number) => (sqrt ? Math.sqrt((step * maxSigma) / steps) : (step * maxSigma) / steps);
  const sums = new Float64Array(picture.length);
  let score = 0;
  await runSteps(
    {
      stage: "Blur integrated gradients",
      unit: "gradients",
      total: steps,
      lanes,
      step: async (index) => {
        const sigma = sigmaAt(index);
        const blurred = gaussianBlur(exact, shape, sigma);
        const further = gaussianBlur(exact, shape, sigma + gradStep);
        const direction = further.map((value, place) => (value - (blurred[place] ?? 0)) / gradStep);
        return { ...(await differentiable.gradient(new Float32Array(blurred))), direction };
      },
      add: (answer, index) => {
        const width = sigmaAt(index + 1) - sigmaAt(index);
        for (let place = 0; place < sums.length; place++)
          sums[place] = (sums[place] ?? 0) - width * (answer.direction[place] ?? 0) * (answer.gradient[place] ?? 0);
        if (index === 0) score = answer.score;
      },
      map: () => ({ values: new Float32Array(sums), shape }),
    },
    job,
  );
  const baselineScore = await differentiable.score(new Float32Array(gaussianBlur(exact, shape, maxSigma)));
  const completeness = completenessOf(sums, score, baselineScore);
  return { values: new Float32Array(sums), shape, score, baselineScore, completeness };
}

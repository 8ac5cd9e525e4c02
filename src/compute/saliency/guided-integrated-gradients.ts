import { checkNumber } from "../option-checks.ts";
import { type Attribution, completenessOf, type SaliencyJob } from "./attribution.ts";
import { type Baseline, baselineOf, type ModelColors } from "./baselines.ts";
import type { Differentiable } from "./differentiable.ts";
import { GuidedPath } from "./guided-path.ts";
import { runSteps } from "./run-steps.ts";

export interface GuidedIntegratedGradientsOptions {
  /** Gradients along the path, one after the other; 25 as Slideflow has it, PAIR 200. */
  readonly xSteps?: number | undefined;
  /** How far from the straight path, 0 to 1, it may lead; 1 as Slideflow has it, PAIR 0.02. */
  readonly maxDist?: number | undefined;
  /** Share of the numbers, those with the smallest gradients, that are moved at a time; 0.5 as Slideflow has it, PAIR 0.25. */
  readonly fraction?: number | undefined;
  /** Where the path begins; "zeros" unless given. */
  readonly xBaseline?: Baseline | undefined;
  /** For the baselines "black" and "white". */
  readonly colors?: ModelColors | undefined;
}

/**
 * Guided integrated gradients (Kapishnikov and others 2021, arXiv 2106.09788; PAIR's `GuidedIG`): the path moves first what
 * has the smallest gradient. Each step needs the one before, so that one lane does it.
 *
 * @param picture - As the model takes it.
 * @throws ComputeError "input" for a wrong option.
 */
export async function guidedIntegratedGradients(
  picture: Float32Array<ArrayBuffer>,
  differentiable: Differentiable,
  options: GuidedIntegratedGradientsOptions = {},
  job: SaliencyJob = {},
): Promise<Attribution> {
  const { xSteps = 25, maxDist = 1, fraction = 0.5 } = options;
  checkNumber("xSteps", xSteps, { integer: true, least: 1 });
  checkNumber("maxDist", maxDist, { least: 0, most: 1 });
  checkNumber("fraction", fraction, { least: 0, most: 1 });
  const { shape } = differentiable;
  const baseline = baselineOf(options.xBaseline ?? "zeros", picture, shape, options.colors);
  const path = new GuidedPath(baseline, picture, { xSteps, maxDist, fraction });
  let baselineScore = 0;
  await runSteps(
    {
      stage: "Guided integrated gradients",
      unit: "gradients",
      total: xSteps,
      lanes: 1,
      step: () => differentiable.gradient(new Float32Array(path.at)),
      add: ({ score, gradient }, index) => {
        if (index === 0) baselineScore = score;
        path.advance(gradient, index);
      },
      map: () => ({ values: new Float32Array(path.attributions), shape }),
    },
    job,
  );
  const score = await differentiable.score(picture.slice());
  const completeness = completenessOf(path.attributions, score, baselineScore);
  return { values: new Float32Array(path.attributions), shape, score, baselineScore, completeness };
}

import { checkChoice, checkNumber } from "../option-checks.ts";
import { type Attribution, completenessOf, type PartialAttribution, type SaliencyJob } from "./attribution.ts";
import { type Baseline, baselineOf, type ModelColors } from "./baselines.ts";
import type { Differentiable } from "./differentiable.ts";
import { type PathRule, pathPoints } from "./path-points.ts";
import { runSteps } from "./run-steps.ts";

export interface IntegratedGradientsOptions {
  /** Gradients along the path; PAIR's and Slideflow's `x_steps`. 25 for "riemann", 50 for "gausslegendre". */
  readonly xSteps?: number | undefined;
  /** Where the path begins; "zeros" unless given, which is black only for a model that takes 0 as black. */
  readonly xBaseline?: Baseline | undefined;
  /** "riemann" unless given. */
  readonly method?: PathRule | undefined;
  /** For the baselines "black" and "white". */
  readonly colors?: ModelColors | undefined;
}

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017, arXiv 1703.01365): the gradient's mean along the straight path
 * from a baseline to the picture, times the way. As PAIR has it ("riemann") or as Captum does ("gausslegendre").
 *
 * @param picture - As the model takes it.
 * @throws ComputeError "input" for a wrong option.
 */
export async function integratedGradients(
  picture: Float32Array<ArrayBuffer>,
  differentiable: Differentiable,
  options: IntegratedGradientsOptions = {},
  job: SaliencyJob = {},
): Promise<Attribution> {
  const { method: rule = "riemann" } = options;
  checkChoice("method", rule, ["riemann", "gausslegendre"]);
  const { xSteps = rule === "riemann" ? 25 : 50 } = options;
  checkNumber("xSteps", xSteps, { integer: true, least: 1 });
  const { shape, lanes } = differentiable;
  const baseline = baselineOf(options.xBaseline ?? "zeros", picture, shape, options.colors);
  const points = pathPoints(rule, xSteps);
  const sums = new Float64Array(picture.length);
  let score: number | null = null;
  let baselineScore: number | null = null;
  let counted = 0;
  await runSteps(
    {
      stage: "Integrated gradients",
      unit: "gradients",
      total: xSteps,
      lanes,
      step: (index) => differentiable.gradient(pointBetween(baseline, picture, points[index]?.alpha ?? 0)),
      add: (answer, index) => {
        const { alpha = 0, weight = 0 } = points[index] ?? {};
        for (let place = 0; place < sums.length; place++)
          sums[place] = (sums[place] ?? 0) + weight * (answer.gradient[place] ?? 0);
        counted += weight;
        if (alpha === 0) baselineScore = answer.score;
        if (alpha === 1) score = answer.score;
      },
      map: (): PartialAttribution => ({ values: timesWay(sums, baseline, picture, counted), shape }),
    },
    job,
  );
  baselineScore ??= await differentiable.score(baseline.slice());
  score ??= await differentiable.score(picture.slice());
  const exact = sums.map((sum, place) => sum * ((picture[place] ?? 0) - (baseline[place] ?? 0)));
  const completeness = completenessOf(exact, score, baselineScore);
  return { values: new Float32Array(exact), shape, score, baselineScore, completeness };
}

/** The picture of a place along the straight path. */
function pointBetween(from: Float32Array, to: Float32Array, alpha: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(to, (end, place) => {
    const start = from[place] ?? 0;
    return start + alpha * (end - start);
  });
}

/** As if the weights so far were all. */
function timesWay(
  sums: Float64Array,
  from: Float32Array,
  to: Float32Array,
  counted: number,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(sums, (sum, place) => (sum / counted) * ((to[place] ?? 0) - (from[place] ?? 0)));
}

import type { PictureLayout } from "../images/picture-layout.ts";
import { checkNumber } from "../option-checks.ts";

/** How a picture is grown. Its numbers count from black, 0, to white, 1, whatever the model takes for these. */
export interface VisualizationOptions {
  /** How often the gradient is followed; 128 unless given. */
  readonly steps?: number | undefined;
  /** How far a step goes along the gradient, as the root mean square over the picture; 0.03 unless given. */
  readonly stepSize?: number | undefined;
  /** By how many pixels the picture is shifted at most before each gradient; a sixteenth of its shorter side unless given. */
  readonly jitter?: number | undefined;
  /** Standard deviation of the blur in pixels; 1 unless given. */
  readonly blurSigma?: number | undefined;
  /** The picture is blurred after each so many steps, but for the last; 4 unless given, 0: never. */
  readonly blurEvery?: number | undefined;
  /** What total variation counts for beside the gradient, which has a root mean square of 1; 0.2 unless given. */
  readonly tvWeight?: number | undefined;
  /** The same for squared distance from grey; 0 unless given. */
  readonly l2Weight?: number | undefined;
  /** Of the first picture's noise and of the shifts; 0 unless given. */
  readonly seed?: number | undefined;
}

/** All of them. */
export type SettledVisualization = { readonly [Name in keyof VisualizationOptions]-?: number };

/** Steps that are taken unless told otherwise. */
export const DEFAULT_STEPS = 128;
export const MOST_STEPS = 10_000;

/** @throws ComputeError "input" for an option out of its range, by its name. */
export function settleVisualization(
  options: VisualizationOptions,
  { height, width }: Pick<PictureLayout, "height" | "width">,
): SettledVisualization {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settled: SettledVisualization = {
    steps: DEFAULT_STEPS,
    stepSize: 0.03,
    jitter: Math.round(Math.min(height, width) / 16),
    blurSigma: 1,
    blurEvery: 4,
    tvWeight: 0.2,
    l2Weight: 0,
    seed: 0,
    ...given,
  };
  checkNumber("steps", settled.steps, { integer: true, least: 1, most: MOST_STEPS });
  checkNumber("stepSize", settled.stepSize, { above: 0 });
  checkNumber("jitter", settled.jitter, { integer: true, least: 0 });
  checkNumber("blurSigma", settled.blurSigma, { least: 0 });
  checkNumber("blurEvery", settled.blurEvery, { integer: true, least: 0 });
  checkNumber("tvWeight", settled.tvWeight, { least: 0 });
  checkNumber("l2Weight", settled.l2Weight, { least: 0 });
  checkNumber("seed", settled.seed, { integer: true, least: 0 });
  return settled;
}

import { ComputeError } from "../errors.ts";
import type { PixelRuns } from "../images/segmentation/pixel-runs.ts";
import type { Progress } from "../job.ts";
import { checkChoice, checkNumber } from "../option-checks.ts";
import { type Attribution, placesOf, type SaliencyJob } from "./attribution.ts";
import { type Baseline, baselineOf, type ModelColors } from "./baselines.ts";
import type { Differentiable, PictureShape } from "./differentiable.ts";
import { integratedGradients } from "./integrated-gradients.ts";
import { progressTold } from "./progress-told.ts";
import { type RankOptions, rankSegments, rankSegmentsFast } from "./rank-segments.ts";
import type { RankedRegion } from "./ranked-regions.ts";
import { xraiSegments } from "./xrai-segments.ts";

export interface XraiOptions extends RankOptions {
  /** "full" unless given; "fast" ranks each segment once, by itself. */
  readonly algorithm?: "full" | "fast" | undefined;
  /** Gradients along the path from each baseline; 100 unless given. */
  readonly steps?: number | undefined;
  /** Where the paths begin; unless given two pictures, one full of the picture's least number and one of its greatest. */
  readonly baselines?: readonly Baseline[] | undefined;
  /** For the baselines "black" and "white". */
  readonly colors?: ModelColors | undefined;
  /** Of this picture; they may overlap. Felzenszwalb's at six scales unless given. */
  readonly segments?: readonly PixelRuns[] | undefined;
}

/** What each place of a picture has to do with a score, by regions. */
export interface XraiAttribution extends Attribution {
  /** 1 for the places of the most important region, and so on. */
  readonly ranks: Int32Array<ArrayBuffer>;
  /** In the order of their ranks; their areas times their values add up to the attributions that were ranked. */
  readonly regions: readonly RankedRegion[];
}

/**
 * XRAI (Kapishnikov, Bolukbasi, Viégas and Terry 2019, arXiv 1906.02825; PAIR's `XRAI`): the mean of integrated gradients from
 * several baselines, of each place the channel that speaks for the score most, and regions of the picture ranked by it.
 *
 * @param picture - As the model takes it.
 * @returns `height * width` values, each its region's mean.
 * @throws ComputeError "input" for a wrong option, "cancelled".
 */
export async function xrai(
  picture: Float32Array<ArrayBuffer>,
  differentiable: Differentiable,
  options: XraiOptions = {},
  job: SaliencyJob = {},
): Promise<XraiAttribution> {
  const { algorithm = "full", steps = 100, colors } = options;
  checkChoice("algorithm", algorithm, ["full", "fast"]);
  checkNumber("steps", steps, { integer: true, least: 1 });
  const { shape } = differentiable;
  const baselines = options.baselines ?? extremes(picture);
  if (baselines.length === 0) throw new ComputeError("input", "XRAI got no baseline.", "Pass one or more.");
  if (options.segments) checkSegments(options.segments, shape);
  const segments = options.segments ?? (await xraiSegments(picture, shape, job));
  const sums = new Float64Array(picture.length);
  let score = Number.NaN;
  const total = steps * baselines.length;
  const told = progressTold(job, { stage: "Integrated gradients", unit: "gradients" });
  for (const [index, baseline] of baselines.entries()) {
    const xBaseline = baselineOf(baseline, picture, shape, colors);
    // Half a map would be of one baseline: none is shown.
    const inner = { signal: job.signal, onProgress: ({ done }: Progress) => told(index * steps + done, total) };
    const path = await integratedGradients(picture, differentiable, { xSteps: steps, xBaseline }, inner);
    for (let place = 0; place < sums.length; place++)
      sums[place] = (sums[place] ?? 0) + (path.values[place] ?? 0) / baselines.length;
    score = path.score;
  }
  const rank = algorithm === "full" ? rankSegments : rankSegmentsFast;
  const { values, ranks, regions } = await rank(highestOf(sums, shape), segments, options, job);
  return { values: new Float32Array(values), ranks, regions, shape: placesOf(shape), score };
}

function checkSegments(segments: readonly PixelRuns[], { height, width }: PictureShape): void {
  const wrong = segments.findIndex(({ bounds }) => bounds.some((bound) => bound < 0 || bound > height * width));
  if (wrong !== -1)
    throw new ComputeError(
      "input",
      `Segment ${wrong} goes beyond the picture's ${height} × ${width} places.`,
      "Pass segments of this picture.",
    );
}

/** A picture of its least number and one of its greatest. */
function extremes(picture: Float32Array): Float32Array<ArrayBuffer>[] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of picture) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most].map((value) => new Float32Array(picture.length).fill(value));
}

/** Of each place the largest number of its channels, with its sign. */
function highestOf(values: Float64Array, { height, width, channels, channelsLast }: PictureShape) {
  const places = height * width;
  return Float64Array.from({ length: places }, (_, place) => {
    let highest = Number.NEGATIVE_INFINITY;
    for (let channel = 0; channel < channels; channel++) {
      const value = values[channelsLast ? place * channels + channel : channel * places + place] ?? 0;
      if (value > highest) highest = value;
    }
    return highest;
  });
}

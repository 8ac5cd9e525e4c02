import { checkNumber } from "../option-checks.ts";
import type { Attribution, SaliencyJob } from "./attribution.ts";
import type { PictureShape } from "./differentiable.ts";
import { gaussianNoise, type Noise } from "./gaussian-noise.ts";
import { progressTold } from "./progress-told.ts";
import { runSteps } from "./run-steps.ts";

export interface SmoothOptions {
  /** The noise's standard deviation as a share of the picture's range; 0.15 unless given. */
  readonly stdevSpread?: number | undefined;
  /** Pictures with noise; 25 unless given. */
  readonly nsamples?: number | undefined;
  /** The mean of the squares, which have no sign, instead of the attributions' mean; true unless given. */
  readonly magnitude?: boolean | undefined;
  /** 0 unless given: PAIR's noise differs from call to call. */
  readonly seed?: number | undefined;
  /** Instead of the seed's. */
  readonly noise?: Noise | undefined;
}

/** What is made smooth. */
export interface Smoothed {
  readonly shape: PictureShape;
  /** How many samples may be under way at a time; each is done by one lane. */
  readonly lanes: number;
  readonly attribute: (picture: Float32Array<ArrayBuffer>, job: SaliencyJob) => Promise<Attribution>;
  readonly score: (picture: Float32Array<ArrayBuffer>) => Promise<number>;
}

/**
 * SmoothGrad over any method (Smilkov and others 2017, arXiv 1706.03825; PAIR's `GetSmoothedMask`): the mean over copies of
 * the picture with noise, by PAIR's default of the squares of their attributions.
 *
 * @param picture - As the model takes it.
 * @throws ComputeError "input" for a wrong option.
 */
export async function smooth(
  picture: Float32Array<ArrayBuffer>,
  { shape, lanes, attribute, score }: Smoothed,
  { stdevSpread = 0.15, nsamples = 25, magnitude = true, seed = 0, noise }: SmoothOptions = {},
  job: SaliencyJob = {},
): Promise<Attribution> {
  checkNumber("stdevSpread", stdevSpread, { least: 0 });
  checkNumber("nsamples", nsamples, { integer: true, least: 1 });
  checkNumber("seed", seed, { integer: true, least: 0 });
  const stdev = stdevSpread * rangeOf(picture);
  const noiseOf = noise ?? gaussianNoise(seed, picture.length);
  const told = progressTold(job, { stage: "SmoothGrad", unit: "gradients" });
  const steps = new Float64Array(nsamples);
  let sums = new Float64Array();
  let made: PictureShape = shape;
  await runSteps(
    {
      stage: "SmoothGrad",
      unit: "samples",
      total: nsamples,
      lanes,
      step: (sample) => {
        const noisy = withNoise(picture, shape, (place) => stdev * noiseOf(sample, place));
        const onProgress: SaliencyJob["onProgress"] = ({ done, total }) => {
          steps[sample] = done;
          told(
            steps.reduce((all, each) => all + each, 0),
            total * nsamples,
          );
        };
        return attribute(noisy, { signal: job.signal, onProgress });
      },
      add: (attribution) => {
        made = attribution.shape;
        if (sums.length === 0) sums = new Float64Array(attribution.values.length);
        for (let place = 0; place < sums.length; place++) {
          const value = attribution.values[place] ?? 0;
          sums[place] = (sums[place] ?? 0) + (magnitude ? value * value : value);
        }
      },
      map: (added) => ({ values: Float32Array.from(sums, (sum) => sum / added), shape: made }),
    },
    { signal: job.signal, onMap: job.onMap },
  );
  const values = Float32Array.from(sums, (sum) => sum / nsamples);
  return { values, shape: made, score: await score(picture.slice()) };
}

function rangeOf(picture: Float32Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of picture) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

/** The same noise for the same pixel whichever way the picture lies. */
function withNoise(
  picture: Float32Array,
  { height, width, channels, channelsLast }: PictureShape,
  noise: (place: number) => number,
): Float32Array<ArrayBuffer> {
  const places = height * width;
  return Float32Array.from(picture, (value, index) => {
    const place = channelsLast ? index : (index % places) * channels + Math.floor(index / places);
    return value + noise(place);
  });
}

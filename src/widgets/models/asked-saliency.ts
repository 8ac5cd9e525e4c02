import { ComputeError } from "../../compute/errors.ts";
import type { Target } from "../../compute/gradient/target.ts";
import { type PixelRuns, runsOfMask } from "../../compute/images/segmentation/pixel-runs.ts";
import type { Job } from "../../compute/job.ts";
import { pictureInput } from "../../compute/model/engine/model-inputs.ts";
import { type PictureSides, pictureSides } from "../../compute/model/engine/picture-sides.ts";
import type { SaliencyRequest, SaliencyRun } from "../../compute/saliency/run/saliency-request.ts";
import { isNumericSource, type NumericSource } from "../host/sources.ts";
import { readFloatPictures } from "./float-pictures.ts";
import type { PageModelFacts } from "./open-models.ts";

type Options = SaliencyRequest["options"];

/** Options whose arrays may still lie elsewhere. */
export type AskedSaliencyOptions = Omit<Options, "colors" | "noise" | "xBaseline" | "segments"> & {
  /** "zeros", "black", "white", "mean", "blur", or a picture as the model takes it. */
  readonly xBaseline?: string | NumericSource | undefined;
  /** For XRAI: labels (height × width) or masks (n × height × width). */
  readonly segments?: NumericSource | undefined;
};

/** Their names. */
export const SALIENCY_OPTIONS = [
  "xSteps",
  "xBaseline",
  "method",
  "maxDist",
  "fraction",
  "maxSigma",
  "steps",
  "gradStep",
  "sqrt",
  "areaThreshold",
  "minPixelDiff",
  "segments",
  "layer",
  "shouldResize",
  "size",
  "stride",
  "value",
  "stdevSpread",
  "nsamples",
  "magnitude",
  "seed",
] as const satisfies readonly (keyof AskedSaliencyOptions)[];

/** What is wanted of pictures; what is left out is as the method has it. */
export interface AskedSaliency {
  readonly target: Target;
  /** Default "logits". */
  readonly of?: SaliencyRequest["of"] | undefined;
  readonly runs: readonly SaliencyRun[];
  readonly options?: AskedSaliencyOptions | undefined;
  readonly raw?: boolean | undefined;
  readonly workers?: number | null | undefined;
}

/**
 * The same with its arrays read.
 *
 * @throws {ComputeError} "input" for a baseline or segments that can't be used; "cancelled".
 */
export async function readSaliencyRequest(
  { target, of = "logits", runs, options = {}, raw = false, workers = null }: AskedSaliency,
  { name, format, inputs }: Pick<PageModelFacts, "name" | "format" | "inputs">,
  job: Job,
): Promise<SaliencyRequest> {
  const { dims } = pictureInput(name, inputs);
  const { xBaseline, segments, ...plain } = options;
  const given = Object.entries(plain).filter(([, value]) => value !== undefined);
  const arrays = {
    ...(xBaseline !== undefined && { xBaseline: await readBaseline(xBaseline, dims, job) }),
    ...(segments !== undefined && { segments: await readSegments(segments, pictureSides(format, dims), job) }),
  };
  return { target, of, runs, options: { ...Object.fromEntries(given), ...arrays } as Options, raw, workers };
}

async function readBaseline(
  baseline: string | NumericSource,
  dims: readonly number[],
  job: Job,
): Promise<string | Float32Array<ArrayBuffer>> {
  if (!isNumericSource(baseline)) return baseline;
  const one = { ...baseline, shape: [1, ...baseline.shape], read: (its: Job) => baseline.read(its) };
  return (await readFloatPictures(one, dims, job)).slice(0, 1);
}

async function readSegments(
  source: NumericSource,
  { height, width }: PictureSides,
  job: Job,
): Promise<readonly PixelRuns[]> {
  const { shape } = source;
  if (![2, 3].includes(shape.length) || shape.slice(-2).join() !== `${height},${width}`)
    throw new ComputeError(
      "input",
      `segments are of ${shape.join(" × ")}; the model's pictures are of ${height} × ${width}.`,
      "Pass labels of the picture's height × width, or n masks of it.",
    );
  const numbers = await source.read(job);
  if (shape.length === 2) {
    const labels = [...new Set(numbers)].sort((a, b) => a - b);
    return labels.map((label) => runsOfMask(Uint8Array.from(numbers, (value) => Number(value === label))));
  }
  const size = height * width;
  return Array.from({ length: shape[0] ?? 0 }, (_, at) => runsOfMask(numbers.subarray(at * size, (at + 1) * size)));
}

import { ComputeError, throwIfCancelled } from "../errors.ts";
import { gaussianBlur } from "../images/blur/gaussian-blur.ts";
import type { PictureLayout } from "../images/picture-layout.ts";
import type { Job } from "../job.ts";
import { randomAt } from "../random.ts";
import { Pace } from "../runtime/pace.ts";
import { progressTold } from "../saliency/progress-told.ts";
import { type BlackAndWhite, type ModelLevels, modelLevels } from "./model-levels.ts";
import { shiftPicture } from "./shift-picture.ts";
import { GREY, STARTS, startingPicture } from "./starting-picture.ts";
import { totalVariationGradient } from "./total-variation-gradient.ts";
import { type SettledVisualization, settleVisualization, type VisualizationOptions } from "./visualization-options.ts";

/** What a unit, a channel or a class answers to a picture. */
export interface Excitement {
  /** What is to become as large as it can: of a channel the mean over its places. */
  readonly activation: number;
  /** The most that is answered at any place. */
  readonly most: number;
  /** How the activation changes with each of the picture's numbers, in their order. */
  readonly gradient: Float32Array;
}

/** Answers to one picture as the model takes it, which may be given away. */
export type Exciting = (picture: Float32Array<ArrayBuffer>) => Promise<Excitement>;

/** A picture as far as it has grown. */
export interface GrowingPicture {
  /** From black (0) to white (1), in the order that the model takes. */
  readonly levels: Float64Array;
  readonly activation: number;
  readonly most: number;
  /** How many were taken. */
  readonly steps: number;
}

export interface GrownPicture extends GrowingPicture {
  /** Somebody stopped it before its last step. */
  readonly isStopped: boolean;
}

type GrowingJob = Job & { readonly onPicture?: ((picture: GrowingPicture) => void) | undefined };

/** Between two unfinished pictures: as often as an eye follows. */
const PICTURE_MS = 150;
/** Where the random numbers of shifts begin, far from those of the noise. */
const SHIFTS = 2 ** 31;

/**
 * The picture that excites a unit most, by gradient ascent (Erhan, Bengio, Courville and Vincent 2009; for classes Simonyan,
 * Vedaldi and Zisserman 2013, arXiv 1312.6034) from seeded noise around grey. Each step shifts the picture at random (jitter:
 * Mordvintsev, Olah and Tyka 2015; Olah, Mordvintsev and Schubert 2017, doi 10.23915/distill.00007), follows the gradient
 * there, of root mean square 1, less that of total variation (Mahendran and Vedaldi 2015, arXiv 1412.0035) and of distance
 * from grey, and keeps to what lies between black and white; every few steps the picture is blurred a little (Yosinski and
 * others 2015, arXiv 1506.06579). Without anything random but by the seed: the same bits from the same answers.
 *
 * Cancelled after its first step it gives the picture as far as it is.
 *
 * @param layout - Of the pictures that the model takes.
 * @throws ComputeError "input" for a wrong option, and where nothing of any first picture has an influence; "cancelled".
 */
export async function visualizeFeature(
  excite: Exciting,
  layout: PictureLayout,
  colors: BlackAndWhite,
  options: VisualizationOptions = {},
  job: GrowingJob = {},
): Promise<GrownPicture> {
  const settled = settleVisualization(options, layout);
  const model = modelLevels(colors, layout);
  const pace = new Pace(job.signal);
  const told = progressTold(job, { stage: "Growing the picture", unit: "steps" });
  told(0, settled.steps);
  let levels = await firstPicture(excite, layout, model, settled.seed, pace);
  let shownAt = performance.now();
  let steps = 0;
  for (; steps < settled.steps; steps++) {
    await pace.breathe();
    if (job.signal?.aborted && steps > 0) break;
    throwIfCancelled(job.signal);
    if (settled.blurEvery > 0 && steps > 0 && steps % settled.blurEvery === 0)
      levels = gaussianBlur(levels, layout, settled.blurSigma, "reflect");
    const [down, right] = shiftOf(settled, steps);
    const { gradient, ...answer } = await excite(model.numbersOf(shiftPicture(levels, layout, down, right)));
    const climb = shiftPicture(model.gradientOf(gradient), layout, -down, -right);
    levels = climbed(levels, climb, totalVariationGradient(levels, layout), settled);
    told(steps + 1, settled.steps);
    if (!job.onPicture || performance.now() < shownAt + PICTURE_MS) continue;
    job.onPicture({ ...answer, levels, steps: steps + 1 });
    shownAt = performance.now();
  }
  const { activation, most } = await excite(model.numbersOf(levels));
  return { levels, activation, most, steps, isStopped: steps < settled.steps };
}

/** The first of the starting pictures at which there is a gradient to follow. */
async function firstPicture(
  excite: Exciting,
  layout: PictureLayout,
  model: ModelLevels,
  seed: number,
  pace: Pace,
): Promise<Float64Array> {
  for (let attempt = 0; attempt < STARTS; attempt++) {
    await pace.check();
    const levels = startingPicture(seed, layout, attempt);
    const { gradient } = await excite(model.numbersOf(levels));
    if (gradient.some((value) => value !== 0)) return levels;
  }
  throw new ComputeError(
    "input",
    `Nothing excites it: at ${STARTS} pictures of noise no pixel has an influence.`,
    "Take another seed, or what comes before its activation.",
  );
}

/** By how many pixels down and to the right the picture is shifted for a step. */
function shiftOf({ jitter, seed }: SettledVisualization, step: number): readonly [down: number, right: number] {
  const along = (which: number) => Math.floor(((randomAt(seed, SHIFTS + 2 * step + which) + 1) / 2) * (2 * jitter + 1));
  return [along(0) - jitter, along(1) - jitter];
}

function climbed(
  levels: Float64Array,
  climb: Float64Array,
  variation: Float64Array,
  { stepSize, tvWeight, l2Weight }: SettledVisualization,
): Float64Array {
  const squares = climb.reduce((sum, value) => sum + value * value, 0);
  // Where the gradient has gone, as beyond a ReLU, there is nothing to follow in this step.
  const scale = squares > 0 ? 1 / Math.sqrt(squares / climb.length) : 0;
  return levels.map((level, at) => {
    const uphill = (climb[at] ?? 0) * scale - tvWeight * (variation[at] ?? 0) - 2 * l2Weight * (level - GREY);
    return Math.min(1, Math.max(0, level + stepSize * uphill));
  });
}

import { ComputeError } from "../errors.ts";
import { gaussianBlur } from "../images/blur/gaussian-blur.ts";
import { checkChoice } from "../option-checks.ts";
import type { PictureShape } from "./differentiable.ts";

const KINDS = ["zeros", "black", "white", "mean", "blur"] as const;

/**
 * Where a path to a picture begins. "zeros": zeros of what the model takes, which after its preprocessing may be a grey;
 * "black" and "white" by that preprocessing; "mean": the picture's own mean colour; "blur": the picture blurred by 20
 * pixels (Sturmfels, Lundberg and Lee 2020, doi 10.23915/distill.00022); or a picture as the model takes it.
 */
export type Baseline = (typeof KINDS)[number] | Float32Array<ArrayBuffer>;

/** What a model takes for black and for white, a number for each channel. */
export interface ModelColors {
  readonly black: readonly number[];
  readonly white: readonly number[];
}

const BLUR_SIGMA = 20;

/**
 * The picture that a baseline means: a new one, or that which was given.
 *
 * @throws ComputeError "input" for an unknown one, one of another size, and for black or white where `colors` are unknown.
 */
export function baselineOf(
  baseline: Baseline,
  picture: Float32Array<ArrayBuffer>,
  shape: PictureShape,
  colors?: ModelColors,
): Float32Array<ArrayBuffer> {
  if (typeof baseline !== "string") return ofSameSize(baseline, picture);
  checkChoice("baseline", baseline, KINDS, " or a picture as the model takes it");
  if (baseline === "zeros") return new Float32Array(picture.length);
  if (baseline === "mean") return filled(shape, meanColor(picture, shape));
  if (baseline === "blur") return gaussianBlur(picture, shape, BLUR_SIGMA, "reflect");
  const color = colors?.[baseline];
  if (color?.length === shape.channels) return filled(shape, color);
  throw new ComputeError(
    "input",
    `What the model takes for ${baseline} is not known for pictures of ${shape.channels} channels.`,
    'Pass baseline="zeros" or a picture as the model takes it.',
  );
}

function ofSameSize(baseline: Float32Array<ArrayBuffer>, { length }: Float32Array): Float32Array<ArrayBuffer> {
  if (baseline.length === length) return baseline;
  throw new ComputeError(
    "input",
    `The baseline has ${baseline.length} numbers, the picture ${length}.`,
    "Pass a baseline of the picture's size.",
  );
}

function meanColor(picture: Float32Array, { channels, channelsLast }: PictureShape): readonly number[] {
  const places = picture.length / channels;
  return Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let place = 0; place < places; place++)
      sum += picture[channelsLast ? place * channels + channel : channel * places + place] ?? 0;
    return sum / places;
  });
}

function filled({ height, width, channels, channelsLast }: PictureShape, color: readonly number[]) {
  const places = height * width;
  return Float32Array.from(
    { length: places * channels },
    (_, index) => color[channelsLast ? index % channels : Math.floor(index / places)] ?? 0,
  );
}

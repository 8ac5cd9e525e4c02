import { ComputeError } from "../../errors.ts";
import type { ResizeFilter } from "../../images/resize/resize-filters.ts";
import type { StainNormalizer } from "../../images/stain/normalizer.ts";
import { checkChoice, checkNumber, wrongOption } from "../../option-checks.ts";

/** Where a batch of pictures has its channels: picture, row, column, channel or picture, channel, row, column. */
export type BatchLayout = "NHWC" | "NCHW";

/**
 * How each picture's own figures are brought to one scale, in place of `scale`, `mean` and `deviation`; both are Slideflow's.
 *
 * - "tensorflow": less its mean, divided by its standard deviation, which counts as at least 1/√N for N values
 *   (`tf.image.per_image_standardization`).
 * - "torch": x/127.5 - 1, whatever the picture.
 */
export type Standardization = "tensorflow" | "torch";

/** What is done to pictures before a network sees them. */
export interface Preprocessing {
  /** Pixels that pictures are resized to; null: they keep theirs. */
  readonly size: { readonly height: number; readonly width: number } | null;
  /** By what; pixels are Pillow's. */
  readonly resize: ResizeFilter;
  readonly layout: BatchLayout;
  /** What the network's channels are: colours in this order, or brightness alone. */
  readonly channels: "RGB" | "BGR" | "grey";
  /** What values from 0 to 255 are multiplied by. */
  readonly scale: number;
  /** Then taken off each channel, in the network's order; one figure serves all channels. */
  readonly mean: readonly number[];
  /** Then divided by. */
  readonly deviation: readonly number[];
  readonly standardize: Standardization | null;
  /** Colours that a stain is brought to, after resizing; null: their own. */
  readonly normalizer: StainNormalizer | null;
}

export const preprocessingDefaults: Preprocessing = {
  size: null,
  resize: "nearest",
  layout: "NHWC",
  channels: "RGB",
  scale: 1 / 255,
  mean: [0],
  deviation: [1],
  standardize: null,
  normalizer: null,
};

/** How many channels the network sees. */
export function channelCount({ channels }: Pick<Preprocessing, "channels">): number {
  return channels === "grey" ? 1 : 3;
}

/**
 * @throws {ComputeError} kind "input" for the first setting that can't be used, by its name.
 */
export function validatePreprocessing(preprocessing: Preprocessing): void {
  const { size, resize, layout, channels, scale, mean, deviation, standardize } = preprocessing;
  if (size) {
    checkNumber("size (height)", size.height, { integer: true, least: 1, most: 65535 });
    checkNumber("size (width)", size.width, { integer: true, least: 1, most: 65535 });
  }
  checkChoice("resize", resize, ["nearest", "bilinear", "bicubic", "lanczos"]);
  checkChoice("layout", layout, ["NHWC", "NCHW"]);
  checkChoice("channels", channels, ["RGB", "BGR", "grey"]);
  if (standardize !== null) checkChoice("standardize", standardize, ["tensorflow", "torch"], " or none");
  if (channels === "grey" && preprocessing.normalizer)
    throw new ComputeError("input", "A stain has no colour in grey.", "Leave out normalizer, or choose RGB.");
  if (!Number.isFinite(scale) || scale === 0) throw wrongOption("scale", "a number other than 0", scale);
  const count = channelCount(preprocessing);
  for (const [name, figures] of [
    ["mean", mean],
    ["deviation", deviation],
  ] as const) {
    if (figures.length !== 1 && figures.length !== count)
      throw new ComputeError(
        "input",
        `${name} has ${figures.length} figures; the network sees ${count === 1 ? "1 channel" : `${count} channels`}.`,
        "Give one for all or one a channel.",
      );
    if (!figures.every((figure) => Number.isFinite(figure) && (name === "mean" || figure > 0)))
      throw wrongOption(name, name === "mean" ? "finite numbers" : "numbers above 0", figures);
  }
}

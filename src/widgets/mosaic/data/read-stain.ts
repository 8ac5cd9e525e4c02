import { ComputeError } from "../../../compute/errors.ts";
import type { RawPixels } from "../../../compute/images/raw-pixels.ts";
import { fitNormalizer, normalizeStain } from "../../../compute/images/stain/normalize-stain.ts";
import type { StainNormalizer } from "../../../compute/images/stain/normalizer.ts";
import { normalizerPresets } from "../../../compute/images/stain/normalizer-presets.ts";
import type { Job } from "../../../compute/job.ts";
import type { PictureGetter } from "../../rows/row-pictures.ts";
import type { MosaicProps } from "../props.ts";

/**
 * The colours that tiles are shown in; null: their own.
 *
 * @throws {ComputeError} when the picture to go by can't be had or shows no stain.
 */
export async function readStain(
  { normalizer, normalizerSource }: Pick<MosaicProps, "normalizer" | "normalizerSource">,
  job: Job,
): Promise<StainNormalizer | null> {
  if (normalizer === null) return null;
  if (!normalizerSource) return normalizerPresets[normalizer];
  const picture = await normalizerSource.get(0, job);
  if (!picture)
    throw new ComputeError("lost", "The picture to normalise by can't be had.", "Run the cell to send it again.");
  return fitNormalizer(normalizer, pixelsOf(picture));
}

/** The longer side of a picture whose stain is changed for one look at it: more would hold the page for 50 ms. */
const MOST_SIDE = 384;

/**
 * Pictures in the colours of `stain`, of `MOST_SIDE` pixels at most; those that have none to go by stay as they are.
 */
export function inStain(images: PictureGetter, stain: StainNormalizer): PictureGetter {
  return {
    async get(row, job) {
      const picture = await images.get(row, job);
      if (!picture) return null;
      const { picture: normalized, isNormalized } = normalizeStain(pixelsOf(picture, MOST_SIDE), stain);
      if (!isNormalized) return picture;
      const { pixels, width, height } = normalized;
      return await createImageBitmap(new ImageData(Uint8ClampedArray.from(pixels), width, height));
    },
  };
}

function pixelsOf(picture: ImageBitmap, mostSide = Number.POSITIVE_INFINITY): RawPixels {
  const inside = (side: number) => Math.max(1, Math.round(side * scale));
  const scale = Math.min(1, mostSide / Math.max(picture.width, picture.height));
  const [width, height] = [inside(picture.width), inside(picture.height)];
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (!context) throw new ComputeError("memory", "This page could not draw a picture.", "Close other pages.");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  return { pixels: new Uint8Array(context.getImageData(0, 0, width, height).data.buffer), width, height, channels: 4 };
}

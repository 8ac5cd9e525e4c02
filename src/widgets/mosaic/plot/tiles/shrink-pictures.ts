import { ComputeError } from "../../../../compute/errors.ts";
import { makeThumbnails } from "../../../../compute/images/make-thumbnails.ts";
import type { StainNormalizer } from "../../../../compute/images/stain/normalizer.ts";
import type { ThumbnailSet } from "../../../../compute/images/thumbnail-set.ts";
import { pageClient } from "../../../../compute/runtime/page-client.ts";
import { readPicturePack } from "../../../host/picture-pack.ts";

/** A row's picture at the size that it is kept in. */
export interface SmallPicture {
  readonly row: number;
  readonly pixels: ImageData;
  /** Red, green, blue and opacity in a number, opacity lowest. */
  readonly mean: number;
}

/**
 * The pictures of a pack, decoded, normalised and shrunk by the page's worker; those that are no pictures are left out.
 *
 * @param box The square that each is to fit, pixels a side.
 */
export async function shrinkPictures(
  pack: Uint8Array<ArrayBuffer>,
  box: number,
  normalizer: StainNormalizer | null,
  signal: AbortSignal,
): Promise<readonly SmallPicture[]> {
  const pictures = readPicturePack(pack);
  const options = { box, normalizer: normalizer ?? undefined };
  const made = await pageClient()
    .call("thumbnails", { pictures, options }, { signal })
    .catch((thrown: unknown) => {
      // Where a page forbids workers, or has lost its own, the work is done here, in slices.
      if (ComputeError.from(thrown).kind !== "lost") throw thrown;
      return makeThumbnails(pictures, options, { signal });
    });
  return pictures.pictures.flatMap(({ row }, place) => smallPicture(made, place, row) ?? []);
}

function smallPicture(
  { pixels, offsets, widths, heights, means }: ThumbnailSet,
  place: number,
  row: number,
): SmallPicture | null {
  const [width, height] = [widths[place] ?? 0, heights[place] ?? 0];
  if (width === 0 || height === 0) return null;
  const from = pixels.byteOffset + (offsets[place] ?? 0);
  return {
    row,
    pixels: new ImageData(new Uint8ClampedArray(pixels.buffer, from, 4 * width * height), width, height),
    mean: new DataView(means.buffer, means.byteOffset).getUint32(4 * place),
  };
}

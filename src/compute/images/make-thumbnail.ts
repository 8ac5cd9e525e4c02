import { decodeEncoded } from "./decode/decode-encoded.ts";
import { fitInside } from "./fit-inside.ts";
import { meanColor } from "./mean-color.ts";
import type { FoundPicture } from "./picture-set.ts";
import type { RawPixels } from "./raw-pixels.ts";
import { shrinkPixels } from "./shrink-pixels.ts";
import { normalizeStain } from "./stain/normalize-stain.ts";
import type { ThumbnailOptions } from "./thumbnail-options.ts";
import type { ThumbnailState } from "./thumbnail-set.ts";

/** A small picture. */
export interface Thumbnail {
  /** Red, green, blue and opacity of `width * height` pixels. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity. */
  readonly mean: Uint8Array<ArrayBuffer>;
  readonly state: ThumbnailState;
}

const UNREADABLE: Thumbnail = {
  pixels: new Uint8Array(0),
  width: 0,
  height: 0,
  mean: new Uint8Array(4),
  state: "unreadable",
};

/** The pixels of a picture, encoded or not; null where its bytes are none. */
export async function readPicture(picture: FoundPicture): Promise<RawPixels | null> {
  return "mime" in picture ? decodeEncoded(picture.bytes, picture.mime) : picture;
}

/**
 * A picture normalised, then shrunk to fit the box.
 *
 * @param source - As `readPicture` gave it.
 * @throws {ComputeError} kind "input" when raw pixels are not those of a picture of their size.
 */
export function makeThumbnail(source: RawPixels | null, { box, normalizer }: ThumbnailOptions): Thumbnail {
  if (!source) return UNREADABLE;
  const { picture, isNormalized } = normalizer
    ? normalizeStain(source, normalizer)
    : { picture: source, isNormalized: true };
  const { width, height } = fitInside(picture.width, picture.height, box);
  const pixels = shrinkPixels(picture, width, height);
  const mean = meanColor({ pixels, width, height, channels: 4 });
  return { pixels, width, height, mean, state: isNormalized ? "ready" : "unnormalized" };
}

/** One picture as a thumbnail: where it can be decoded, in a worker or a page. */
export async function decodeThumbnail(picture: FoundPicture, options: ThumbnailOptions): Promise<Thumbnail> {
  return makeThumbnail(await readPicture(picture), options);
}

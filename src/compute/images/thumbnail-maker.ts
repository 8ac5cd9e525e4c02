import { decodeEncoded } from "./decode/decode-encoded.ts";
import { fitInside } from "./fit-inside.ts";
import type { FoundPicture } from "./picture-set.ts";
import { PixelShrinker } from "./pixel-shrinker.ts";
import type { RawPixels } from "./raw-pixels.ts";
import { shrinkPixels } from "./shrink-pixels.ts";
import { normalizeStain } from "./stain/normalize-stain.ts";
import { checkThumbnailOptions, type ThumbnailOptions } from "./thumbnail-options.ts";
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

/** The pixels of a picture; of an encoded one to be waited for, and null where its bytes are none. */
export function readPicture(picture: FoundPicture): RawPixels | Promise<RawPixels | null> {
  return "mime" in picture ? decodeEncoded(picture.bytes, picture.mime) : picture;
}

/** Makes thumbnails of one kind. */
export class ThumbnailMaker {
  private constructor(
    private readonly options: ThumbnailOptions,
    private readonly shrink: typeof shrinkPixels,
    private readonly average: typeof shrinkPixels,
  ) {}

  /** @throws {ComputeError} kind "input" for a box that is no size. */
  static async create(options: ThumbnailOptions): Promise<ThumbnailMaker> {
    checkThumbnailOptions(options);
    // Each keeps the layout of the size that it did last.
    const [shrink, average] = await Promise.all([fastestShrink(), fastestShrink()]);
    return new ThumbnailMaker(options, shrink, average);
  }

  /**
   * A picture normalised, then shrunk to fit the box.
   *
   * @param source - As `readPicture` gave it.
   * @param room - Gives that many bytes for the pixels.
   * @throws {ComputeError} kind "input" when raw pixels are not those of a picture of their size.
   */
  make(
    source: RawPixels | null,
    room: (bytes: number) => Uint8Array<ArrayBuffer> = (bytes) => new Uint8Array(bytes),
  ): Thumbnail {
    if (!source) return UNREADABLE;
    const { box, normalizer } = this.options;
    const { picture, isNormalized } = normalizer
      ? normalizeStain(source, normalizer)
      : { picture: source, isNormalized: true };
    const { width, height } = fitInside(picture.width, picture.height, box);
    const pixels = this.shrink(picture, width, height, room(4 * width * height));
    const mean = this.average({ pixels, width, height, channels: 4 }, 1, 1);
    return { pixels, width, height, mean, state: isNormalized ? "ready" : "unnormalized" };
  }
}

/** In WebAssembly; where a page forbids that, in JavaScript. */
async function fastestShrink(): Promise<typeof shrinkPixels> {
  try {
    const shrinker = await PixelShrinker.create();
    return (source, toWidth, toHeight, into) => shrinker.shrink(source, toWidth, toHeight, into);
  } catch {
    return shrinkPixels;
  }
}

/** One picture as a thumbnail: where it can be decoded, in a worker or a page. */
export async function decodeThumbnail(picture: FoundPicture, options: ThumbnailOptions): Promise<Thumbnail> {
  const maker = await ThumbnailMaker.create(options);
  return maker.make(await readPicture(picture));
}

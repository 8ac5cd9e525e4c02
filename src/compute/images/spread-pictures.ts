import type { Job } from "../job.ts";
import { Pace } from "../runtime/pace.ts";
import { countPictures, findPicture, isRawWithin, type PictureSet, type StoredPicture } from "./picture-set.ts";
import { checkPixels, type RawPixels } from "./raw-pixels.ts";
import type { ThumbnailOptions } from "./thumbnail-options.ts";
import { type ThumbnailSet, thumbnailStates } from "./thumbnail-set.ts";

/** Of so many pixels WebAssembly is no slower: the way there and back takes longer than such a picture itself. */
const SMALL_PIXELS = 32 * 32;
/** The highest byte of a pixel as it lies in memory. */
const OPAQUE = 0xff000000;
/** So many pictures between two looks at the clock. */
const AT_ONCE = 256;

/** Pictures that only have to be spread out: raw ones in grey or colours, small, each within the box as it is. */
export function areSpread(set: PictureSet, { box, normalizer }: ThumbnailOptions): boolean {
  const isSpread = (picture: Partial<StoredPicture>) => {
    const { width = 0, height = 0, channels } = picture;
    return isRawWithin(picture, box) && width * height <= SMALL_PIXELS && (channels === 1 || channels === 3);
  };
  return !normalizer && ("pictures" in set ? set.pictures.every(isSpread) : isSpread(set));
}

/**
 * The four channels of a canvas for pictures that `areSpread`, and the mean colour of each, rounded once, halves up: the
 * bits that `shrinkPixels` gives for a picture's own size and for one pixel, in one pass.
 *
 * @throws {ComputeError} kind "input" when bytes are not those of pictures of their size, "cancelled" when the signal aborts.
 */
export async function spreadPictures(set: PictureSet, { signal, onProgress }: Job = {}): Promise<ThumbnailSet> {
  const total = countPictures(set);
  const made = roomFor(set, total);
  const colors = new Uint32Array(made.pixels.buffer);
  const pace = new Pace(signal);
  for (let done = 0; done < total; ) {
    for (const end = Math.min(total, done + AT_ONCE); done < end; done++) spread(set, done, made, colors);
    if (pace.isDue) onProgress?.({ stage: "Preparing pictures", done, total, unit: "pictures" });
    await pace.check();
  }
  return made;
}

function roomFor(set: PictureSet, total: number): ThumbnailSet {
  const [offsets, widths, heights] = [new Uint32Array(total), new Uint16Array(total), new Uint16Array(total)];
  let end = 0;
  for (let place = 0; place < total; place++) {
    const { width = 0, height = 0 } = ("pictures" in set ? set.pictures[place] : set) ?? {};
    offsets[place] = end;
    widths[place] = width;
    heights[place] = height;
    end += 4 * width * height;
  }
  const states = new Uint8Array(total).fill(thumbnailStates.indexOf("ready"));
  return { pixels: new Uint8Array(end), offsets, widths, heights, means: new Uint8Array(4 * total), states };
}

/** Plain numbers only: a page runs this before any of it is compiled. */
function spread(set: PictureSet, place: number, { offsets, means }: ThumbnailSet, colors: Uint32Array): void {
  const picture = findPicture(set, place) as RawPixels;
  checkPixels(picture);
  const { pixels, channels } = picture;
  const toGreen = channels === 3 ? 1 : 0;
  const toBlue = 2 * toGreen;
  let reds = 0;
  let greens = 0;
  let blues = 0;
  for (let from = 0, to = (offsets[place] ?? 0) / 4; from < pixels.length; from += channels, to++) {
    const red = pixels[from] ?? 0;
    const green = pixels[from + toGreen] ?? 0;
    const blue = pixels[from + toBlue] ?? 0;
    colors[to] = OPAQUE | (blue << 16) | (green << 8) | red;
    reds += red;
    greens += green;
    blues += blue;
  }
  const count = pixels.length / channels;
  means[4 * place] = Math.floor(reds / count + 0.5);
  means[4 * place + 1] = Math.floor(greens / count + 0.5);
  means[4 * place + 2] = Math.floor(blues / count + 0.5);
  means[4 * place + 3] = 255;
}

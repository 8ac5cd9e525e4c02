import type { Job } from "../job.ts";
import { Pace } from "../runtime/pace.ts";
import { makeThumbnail, readPicture, type Thumbnail } from "./make-thumbnail.ts";
import { countPictures, findPicture, type PictureSet } from "./picture-set.ts";
import type { RawPixels } from "./raw-pixels.ts";
import { checkThumbnailOptions, type ThumbnailOptions } from "./thumbnail-options.ts";
import { type ThumbnailSet, thumbnailStates } from "./thumbnail-set.ts";

/** Pictures that the browser decodes while others are shrunk: enough to keep its threads busy. */
const DECODED_AHEAD = 64;

/**
 * Thumbnails of all pictures of a set, in their order.
 *
 * @throws {ComputeError} kind "input" when raw pixels are not those of pictures of their size, "cancelled" when the signal
 * aborts.
 */
export async function makeThumbnails(
  pictures: PictureSet,
  options: ThumbnailOptions,
  { signal, onProgress }: Job = {},
): Promise<ThumbnailSet> {
  checkThumbnailOptions(options);
  const count = countPictures(pictures);
  const pace = new Pace(signal);
  const coming: Promise<RawPixels | null>[] = [];
  const made: Thumbnail[] = [];
  for (let place = 0; place < count; place++) {
    while (coming.length < Math.min(count, place + DECODED_AHEAD))
      coming.push(readPicture(findPicture(pictures, coming.length)));
    made.push(makeThumbnail((await coming[place]) ?? null, options));
    delete coming[place];
    if (pace.isDue) onProgress?.({ stage: "Preparing pictures", done: place + 1, total: count, unit: "pictures" });
    await pace.check();
  }
  return joinThumbnails(made);
}

function joinThumbnails(made: readonly Thumbnail[]): ThumbnailSet {
  const offsets = new Uint32Array(made.length);
  const set = {
    pixels: new Uint8Array(made.reduce((sum, { pixels }) => sum + pixels.length, 0)),
    offsets,
    widths: Uint16Array.from(made, ({ width }) => width),
    heights: Uint16Array.from(made, ({ height }) => height),
    means: new Uint8Array(made.length * 4),
    states: Uint8Array.from(made, ({ state }) => thumbnailStates.indexOf(state)),
  };
  let offset = 0;
  for (const [place, { pixels, mean }] of made.entries()) {
    offsets[place] = offset;
    set.pixels.set(pixels, offset);
    set.means.set(mean, 4 * place);
    offset += pixels.length;
  }
  return set;
}

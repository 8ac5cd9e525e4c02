import type { Job } from "../job.ts";
import { Pace } from "../runtime/pace.ts";
import { fitInside } from "./fit-inside.ts";
import { countPictures, findPicture, type PictureSet } from "./picture-set.ts";
import type { RawPixels } from "./raw-pixels.ts";
import { areSpread, spreadPictures } from "./spread-pictures.ts";
import { ThumbnailCollector } from "./thumbnail-collector.ts";
import { readPicture, ThumbnailMaker } from "./thumbnail-maker.ts";
import { checkThumbnailOptions, type ThumbnailOptions } from "./thumbnail-options.ts";
import type { ThumbnailSet } from "./thumbnail-set.ts";

/** Pictures that the browser decodes while others are shrunk: enough to keep its threads busy. */
const DECODED_AHEAD = 64;
/** Encoded pictures are taken to be no larger until they are seen. */
const EXPECTED_SIDE = 64;

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
  if (areSpread(pictures, options)) return await spreadPictures(pictures, { signal, onProgress });
  const maker = await ThumbnailMaker.create(options);
  const count = countPictures(pictures);
  const collector = new ThumbnailCollector(count, count * expectedBytes(pictures, options.box));
  const pace = new Pace(signal);
  await pace.check();
  const read = new Map<number, ReturnType<typeof readPicture>>();
  for (let place = 0, begun = 0; place < count; place++) {
    for (; begun < Math.min(count, place + DECODED_AHEAD); begun++)
      read.set(begun, readPicture(findPicture(pictures, begun)));
    const coming = read.get(place);
    read.delete(place);
    const source: RawPixels | null | undefined = coming instanceof Promise ? await coming : coming;
    collector.add(maker.make(source ?? null, (bytes) => collector.room(bytes)));
    if (!pace.isDue) continue;
    onProgress?.({ stage: "Preparing pictures", done: place + 1, total: count, unit: "pictures" });
    await pace.check();
  }
  return collector.end();
}

/** Bytes of one thumbnail, so that most sets fit what is reserved for them. */
function expectedBytes(pictures: PictureSet, box: number): number {
  const { width, height } =
    "pictures" in pictures
      ? { width: Math.min(box, EXPECTED_SIDE), height: Math.min(box, EXPECTED_SIDE) }
      : fitInside(pictures.width, pictures.height, box);
  return 4 * width * height;
}

import { ComputeError, throwIfCancelled } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import { type SmallPicture, shrinkPictures } from "../plot/tiles/shrink-pictures.ts";
import type { TileDrawing } from "./tile-drawing.ts";

/** Pixels that travel together, and so many lots of them at a time: one on its way while another is decoded. */
const LOT = 2 ** 21;
const MOST_IN_LOT = 128;
const LOTS_AT_ONCE = 3;
/** The largest that thumbnails are made; larger places get these, enlarged. */
const LARGEST = 4096;

/**
 * The pictures of rows, shrunk to fit a square of `side` pixels, lot by lot; those that are none are left out.
 *
 * @param take Told of each lot as it comes.
 * @throws {ComputeError} "lost" where pictures can't be had, "cancelled" when the signal aborts.
 */
export async function fetchTiles(
  rows: readonly number[],
  side: number,
  { images, stain }: Pick<TileDrawing, "images" | "stain">,
  { signal = new AbortController().signal }: Job,
  take: (pictures: readonly SmallPicture[], asked: readonly number[]) => void,
): Promise<void> {
  const box = Math.min(LARGEST, Math.max(1, Math.ceil(side)));
  const size = Math.max(1, Math.min(MOST_IN_LOT, Math.floor(LOT / box ** 2)));
  let next = 0;
  const bringLots = async (): Promise<void> => {
    while (next < rows.length) {
      const asked = rows.slice(next, next + size);
      next += size;
      const pictures = await shrinkPictures(
        await images.pack(asked, { signal }, stain ? undefined : box),
        box,
        stain,
        signal,
      );
      throwIfCancelled(signal);
      take(pictures, asked);
    }
  };
  try {
    await Promise.all(Array.from({ length: LOTS_AT_ONCE }, bringLots));
  } catch (thrown) {
    const error = ComputeError.from(thrown);
    if (error.kind !== "lost") throw error;
    throw new ComputeError(
      "lost",
      "Python has stopped; tiles that it holds can't be drawn at this size.",
      "Run the cell to save them.",
    );
  }
}

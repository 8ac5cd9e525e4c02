import { ComputeError } from "../../../../compute/errors.ts";
import { makeThumbnails } from "../../../../compute/images/make-thumbnails.ts";
import { isRawWithin } from "../../../../compute/images/picture-set.ts";
import type { StainNormalizer } from "../../../../compute/images/stain/normalizer.ts";
import type { ThumbnailOptions } from "../../../../compute/images/thumbnail-options.ts";
import type { ThumbnailSet } from "../../../../compute/images/thumbnail-set.ts";
import { pageClient } from "../../../../compute/runtime/page-client.ts";
import { type PicturePack, readPicturePack } from "../../../host/picture-pack.ts";
import type { SheetPicture } from "./sheet-picture.ts";

/** So many bytes of raw pixels that fit as they are take the page a few milliseconds, and a worker that has to start a hundred. */
const FEW_BYTES = 2 ** 20;

/** A row's picture at the size that it is kept in. */
export interface SmallPicture extends SheetPicture {
  readonly row: number;
  /** Red, green, blue and opacity in a number, opacity lowest. */
  readonly mean: number;
}

/**
 * The pictures of a pack, decoded, normalised and shrunk by the page's worker, or here where there is next to nothing to do;
 * those that are no pictures are left out.
 *
 * @param pack Given away where it has a buffer of its own.
 * @param box The square that each is to fit, pixels a side.
 * @throws {ComputeError} kind "cancelled" when the signal aborts, "internal" when the worker was lost on the way.
 */
export async function shrinkPictures(
  pack: Uint8Array<ArrayBuffer>,
  box: number,
  normalizer: StainNormalizer | null,
  signal: AbortSignal,
): Promise<readonly SmallPicture[]> {
  const pictures = readPicturePack(pack);
  const options = { box, normalizer: normalizer ?? undefined };
  const made = await (isLittleWork(pictures, options)
    ? makeThumbnails(pictures, options, { signal })
    : shrinkInWorker(pack, pictures, options, signal));
  return laidOut(
    made,
    pictures.pictures.map(({ row }) => row),
  );
}

function isLittleWork({ pictures, bytes }: PicturePack, { box, normalizer }: ThumbnailOptions): boolean {
  return !normalizer && bytes.length <= FEW_BYTES && pictures.every((picture) => isRawWithin(picture, box));
}

function shrinkInWorker(
  pack: Uint8Array<ArrayBuffer>,
  pictures: PicturePack,
  options: ThumbnailOptions,
  signal: AbortSignal,
): Promise<ThumbnailSet> {
  const transfer = pack.length === pack.buffer.byteLength ? [pack.buffer] : [];
  return pageClient()
    .call("thumbnails", { pictures, options }, { signal, transfer })
    .catch((thrown: unknown) => shrinkHere(thrown, pictures, options, signal));
}

/** In slices beside the page's other work: where the page forbids workers. */
async function shrinkHere(
  thrown: unknown,
  pictures: PicturePack,
  options: ThumbnailOptions,
  signal: AbortSignal,
): Promise<ThumbnailSet> {
  const error = ComputeError.from(thrown);
  if (signal.aborted || error.kind === "cancelled" || error.kind === "input") throw error;
  // A worker that was lost has taken the pictures with it.
  if (pictures.bytes.length === 0) throw new ComputeError("internal", error.reason, error.remedy, error.details);
  return await makeThumbnails(pictures, options, { signal });
}

/** Pictures of one width share a sheet, those of several have one each. */
function laidOut({ pixels, offsets, widths, heights, means }: ThumbnailSet, rows: readonly number[]): SmallPicture[] {
  const colors = new DataView(means.buffer, means.byteOffset);
  const sheetOf = (offset: number, bytes: number, width: number) =>
    new ImageData(new Uint8ClampedArray(pixels.buffer, pixels.byteOffset + offset, bytes), width);
  const [common = 0] = widths;
  const shared =
    common > 0 && widths.every((width) => width === common) ? sheetOf(0, pixels.byteLength, common) : undefined;
  const found: SmallPicture[] = [];
  for (const [place, row] of rows.entries()) {
    const [width, height] = [widths[place] ?? 0, heights[place] ?? 0];
    const offset = offsets[place] ?? 0;
    if (width === 0 || height === 0) continue;
    const sheet = shared ?? sheetOf(offset, 4 * width * height, width);
    const top = shared ? offset / (4 * width) : 0;
    found.push({ row, sheet, top, width, height, mean: colors.getUint32(4 * place) });
  }
  return found;
}

import { ComputeError } from "../../compute/errors.ts";
import type { PicturePack } from "../../compute/images/picture-set.ts";
import type { Job } from "../../compute/job.ts";
import { readPicturePack } from "../host/picture-pack.ts";
import type { ImageSource } from "../host/sources.ts";

/** Pictures of some rows, as they came. */
export interface PictureLot {
  /** The row of the first. */
  readonly first: number;
  readonly count: number;
  readonly pictures: PicturePack;
}

/** Few at first: how large they are, and how much is made of each, is known after that. */
const FIRST = 16;
const MOST = 256;
/** A box that no picture is too large for. */
const WHOLE = 65_535;
/** Bytes of a lot, where the pictures before it tell. */
const LOT_BYTES = 24 * 2 ** 20;

/**
 * Pictures in their full size, row after row, in lots; the next is on its way while one is used.
 *
 * @param from The first row.
 * @throws {ComputeError} "input" for a row whose picture can't be had, "lost" when the kernel has gone, "cancelled".
 */
export async function* pictureLots(
  images: ImageSource,
  job: Job,
  from = 0,
): AsyncGenerator<PictureLot, void, undefined> {
  if (from >= images.length) return;
  const told = images.bytesEach?.(WHOLE) ?? 0;
  let size = Math.min(told > 0 ? Math.max(1, Math.floor(LOT_BYTES / told)) : FIRST, FIRST, images.length - from);
  let coming = fetchLot(images, from, size, job);
  for (let start = from; start < images.length; ) {
    const { lot, bytes } = await coming;
    const next = start + lot.count;
    size = Math.max(1, Math.min(MOST, Math.floor((LOT_BYTES * lot.count) / bytes), images.length - next));
    if (next < images.length) {
      coming = fetchLot(images, next, size, job);
      // It may fail while the lot before it is in use; whoever takes it hears of that.
      coming.catch(() => undefined);
    }
    yield lot;
    start = next;
  }
}

/**
 * The picture of one row.
 *
 * @throws {ComputeError} as `pictureLots`.
 */
export async function pictureOfRow(images: ImageSource, row: number, job: Job): Promise<PicturePack> {
  return (await fetchLot(images, row, 1, job)).lot.pictures;
}

/**
 * All pictures at once, for what takes few and long of each.
 *
 * @throws {ComputeError} as `pictureLots`.
 */
export async function allPictures(images: ImageSource, job: Job): Promise<PicturePack> {
  return (await fetchLot(images, 0, images.length, job)).lot.pictures;
}

async function fetchLot(images: ImageSource, first: number, count: number, job: Job) {
  const rows = Array.from({ length: count }, (_, at) => first + at);
  const pack = await images.pack(rows, job);
  const { pictures, bytes } = readPicturePack(pack);
  const byRow = new Map(pictures.map((picture) => [picture.row, picture]));
  const inOrder = rows.map((row) => byRow.get(row) ?? missing(row));
  return {
    lot: { first, count, pictures: { bytes, pictures: inOrder } },
    bytes: pack.length,
  };
}

function missing(row: number): never {
  throw new ComputeError("input", `Picture ${row} could not be had.`, "Leave its row out, or pass its bytes.");
}

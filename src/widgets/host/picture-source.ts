import { ComputeError, throwIfCancelled } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { decodePicture } from "./decode-picture.ts";
import { pictureCache } from "./picture-cache.ts";
import { readPicturePack } from "./picture-pack.ts";
import type { ImageSource } from "./sources.ts";

/** Gives the pack of the pictures of some rows; with `box`, those that it can shrink may come to fit it. */
export type PackFetcher = (rows: readonly number[], box?: number) => Promise<Uint8Array<ArrayBuffer>>;

/** Of each picture at most so many pixels a side; of one that is encoded the mean colours of so many parts a side. */
export interface SampleSize {
  readonly side: number;
  readonly means: number;
}

export interface PictureSourceOptions {
  /** Gives a few pixels of each. */
  readonly fetchSample?: (rows: readonly number[], size: SampleSize) => Promise<Uint8Array<ArrayBuffer>>;
  readonly bytesEach?: (box: number) => number;
  readonly isNear?: boolean;
}

/** Rows asked for in one message. */
const BATCH = 64;
/** Pixels a side of a sample: of a picture of 64 pixels a sixty-fourth of the bytes. */
const SAMPLE_SIDE = 8;

interface Batch {
  readonly rows: number[];
  readonly pictures: Promise<Map<number, ImageBitmap | null>>;
}

/**
 * Pictures fetched when they are asked for. Rows that are asked for in the same turn of the event loop travel
 * together; two that want the same row share its way.
 */
export function pictureSource(
  key: string,
  length: number,
  fetchPack: PackFetcher,
  { fetchSample, bytesEach, isNear = false }: PictureSourceOptions = {},
): ImageSource {
  const coming = new Map<number, Promise<ImageBitmap | null>>();
  let gathering: Batch | undefined;

  const openBatch = (): Batch => {
    const rows: number[] = [];
    // By the next microtask whatever else this turn asks for has been gathered.
    const pictures = Promise.resolve().then(async () => {
      gathering = undefined;
      return await unpack(await fetchPack(rows));
    });
    return { rows, pictures };
  };

  const fetchRow = async (row: number) => {
    if (!gathering || gathering.rows.length >= BATCH) gathering = openBatch();
    gathering.rows.push(row);
    try {
      const picture = (await gathering.pictures).get(row) ?? null;
      if (picture) pictureCache().put(key, row, picture);
      return picture;
    } catch (thrown) {
      if (ComputeError.from(thrown).kind === "lost") return null;
      throw thrown;
    } finally {
      coming.delete(row);
    }
  };

  return {
    key,
    length,
    async get(row: number, { signal }: Job) {
      const known = pictureCache().get(key, row);
      if (known) return known;
      const way = coming.get(row) ?? fetchRow(row);
      coming.set(row, way);
      const picture = await way;
      return signal?.aborted ? null : picture;
    },
    async pack(rows: readonly number[], { signal }: Job, box?: number) {
      throwIfCancelled(signal);
      return await fetchPack(rows, box);
    },
    isNear,
    ...(bytesEach && { bytesEach }),
    ...(fetchSample && {
      async sample(rows: readonly number[], { signal }: Job, isOfParts = false) {
        throwIfCancelled(signal);
        return await fetchSample(rows, { side: SAMPLE_SIDE, means: isOfParts ? SAMPLE_SIDE : 1 });
      },
    }),
  };
}

async function unpack(pack: Uint8Array<ArrayBuffer>): Promise<Map<number, ImageBitmap | null>> {
  const { pictures, bytes } = readPicturePack(pack);
  const decoded = pictures.map(
    async (picture) =>
      [
        picture.row,
        await decodePicture(picture, bytes.slice(picture.offset, picture.offset + picture.length)),
      ] as const,
  );
  return new Map(await Promise.all(decoded));
}

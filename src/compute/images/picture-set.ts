import { ComputeError } from "../errors.ts";
import type { RawPixels } from "./raw-pixels.ts";

/** Where one picture lies: encoded (`mime`) or raw pixels (`width`, `height`, `channels` 1, 3 or 4, 8 bits each). */
export interface StoredPicture {
  readonly offset: number;
  readonly length: number;
  readonly mime?: string;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
}

/** Pictures of any size and kind. */
export interface PicturePack {
  /** What the offsets count in. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly pictures: readonly StoredPicture[];
}

/** Raw pictures of one size, one after another: an array of `n * height * width * channels` bytes. */
export interface PictureStack {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Which of them are meant, in this order; all when left out. */
  readonly rows?: Uint32Array<ArrayBuffer> | undefined;
}

export type PictureSet = PicturePack | PictureStack;

/** One picture of a set, its bytes not copied. */
export type FoundPicture = { readonly mime: string; readonly bytes: Uint8Array<ArrayBuffer> } | RawPixels;

/** How many pictures are meant. */
export function countPictures(set: PictureSet): number {
  if ("pictures" in set) return set.pictures.length;
  return set.rows?.length ?? set.bytes.length / sizeInStack(set);
}

/**
 * The picture at a place of the set.
 *
 * @throws {ComputeError} kind "input" when it lies beyond the bytes.
 */
export function findPicture(set: PictureSet, place: number): FoundPicture {
  if ("pictures" in set) {
    const { offset = 0, length = 0, mime, width = 0, height = 0, channels = 0 } = set.pictures[place] ?? {};
    const bytes = part(set.bytes, offset, length, place);
    return mime === undefined ? { pixels: bytes, width, height, channels } : { mime, bytes };
  }
  const { width, height, channels, rows } = set;
  const row = rows ? (rows[place] ?? 0) : place;
  const size = sizeInStack(set);
  return { pixels: part(set.bytes, row * size, size, row), width, height, channels };
}

/** Raw pixels that fit a square of `box` pixels as they are. */
export function isRawWithin({ mime, width = 0, height = 0 }: Partial<StoredPicture>, box: number): boolean {
  return mime === undefined && Math.max(width, height) <= box;
}

const sizeInStack = ({ width, height, channels }: PictureStack) => width * height * channels;

function part(bytes: Uint8Array<ArrayBuffer>, offset: number, length: number, name: number): Uint8Array<ArrayBuffer> {
  const end = offset + length;
  if (end <= bytes.length) return bytes.subarray(offset, end);
  throw new ComputeError("input", `Picture ${name} ends at byte ${end}; there are ${bytes.length}.`);
}

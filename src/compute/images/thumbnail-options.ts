import { ComputeError } from "../errors.ts";
import type { StainNormalizer } from "./stain/normalizer.ts";

/** How thumbnails are made. */
export interface ThumbnailOptions {
  /** The square that each is to fit, pixels a side, 1 to 4,096; its aspect is kept, and smaller pictures keep their size. */
  readonly box: number;
  /** Normalise the whole picture before it is shrunk; not when left out. */
  readonly normalizer?: StainNormalizer | undefined;
}

const LARGEST_BOX = 4096;

/** @throws {ComputeError} kind "input" for a box that is no size. */
export function checkThumbnailOptions({ box }: ThumbnailOptions): void {
  if (!Number.isInteger(box) || box < 1 || box > LARGEST_BOX)
    throw new ComputeError("input", `Thumbnails of ${box} pixels; expected a whole number from 1 to ${LARGEST_BOX}.`);
}

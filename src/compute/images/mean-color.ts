import type { RawPixels } from "./raw-pixels.ts";
import { shrinkPixels } from "./shrink-pixels.ts";

/**
 * The mean of all pixels of a picture, by opacity where some are transparent.
 *
 * @returns Red, green, blue, opacity, 8 bits each.
 */
export function meanColor(source: RawPixels, into?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return shrinkPixels(source, 1, 1, into);
}

/** What became of a picture: as it was asked for, not normalised (no stain to go by), or no picture at all. */
export type ThumbnailState = "ready" | "unnormalized" | "unreadable";

/** The states by what `ThumbnailSet` keeps of them. */
export const thumbnailStates: readonly ThumbnailState[] = ["ready", "unnormalized", "unreadable"];

/** Small pictures, one after another. */
export interface ThumbnailSet {
  /** Red, green, blue and opacity of all. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Where each begins in `pixels`, in bytes. */
  readonly offsets: Uint32Array<ArrayBuffer>;
  /** Width of each in pixels; 0 for what could not be read. */
  readonly widths: Uint16Array<ArrayBuffer>;
  /** Height of each in pixels; 0 for what could not be read. */
  readonly heights: Uint16Array<ArrayBuffer>;
  /** Mean colour of each: red, green, blue, opacity; clear for what could not be read. */
  readonly means: Uint8Array<ArrayBuffer>;
  /** For each an index into `thumbnailStates`. */
  readonly states: Uint8Array<ArrayBuffer>;
}

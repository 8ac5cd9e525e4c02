import { ComputeError } from "../errors.ts";

/** Pixels as they lie in memory, row after row from the top, 8 bits a channel. */
export interface RawPixels {
  /** `width * height * channels` bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Grey (1), red-green-blue (3) or with opacity that is not multiplied in (4). */
  readonly channels: number;
}

/**
 * @throws {ComputeError} kind "input" when the bytes are not those of a picture of this size.
 */
export function checkPixels({ pixels, width, height, channels }: RawPixels): void {
  if (channels !== 1 && channels !== 3 && channels !== 4)
    throw new ComputeError("input", `A picture has ${channels} channels; expected 1, 3 or 4.`);
  const expected = width * height * channels;
  if (expected === 0 || pixels.length !== expected)
    throw new ComputeError(
      "input",
      `A picture of ${width} × ${height} pixels and ${channels} channels has ${pixels.length} bytes; expected ${expected}.`,
    );
}

/** No pixel lets anything through. */
export function isOpaque({ pixels, channels }: RawPixels): boolean {
  if (channels < 4) return true;
  for (let alpha = 3; alpha < pixels.length; alpha += 4) if (pixels[alpha] !== 255) return false;
  return true;
}

import type { RawPixels } from "../raw-pixels.ts";
import { decodeByCanvas } from "./decode-by-canvas.ts";
import { decodeByDecoder } from "./decode-by-decoder.ts";
import { isPlainPicture } from "./is-plain-picture.ts";
import { JpegReader } from "./jpeg-reader.ts";

/**
 * The pixels of an encoded picture (PNG, JPEG, WebP, GIF: its first), as the browser draws them: turned as its Exif says,
 * its colours those of sRGB.
 *
 * @returns null where the bytes are no picture.
 */
export async function decodeEncoded(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<RawPixels | null> {
  const decoded = isPlainPicture(bytes) ? await decodePlain(bytes, mime) : null;
  return decoded ?? decodeByCanvas(bytes, mime).catch(() => null);
}

async function decodePlain(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<RawPixels | null> {
  const reader = await JpegReader.shared();
  return reader.read(bytes) ?? decodeByDecoder(bytes, mime).catch(() => null);
}

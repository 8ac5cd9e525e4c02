import { isOpaque, type RawPixels } from "../raw-pixels.ts";
import { decodeEncoded } from "./decode-encoded.ts";
import { UnmultipliedReader } from "./unmultiplied-reader.ts";
import { withoutMeanings } from "./without-meanings.ts";

/**
 * The pixels of an encoded picture (PNG, JPEG, WebP, GIF: its first) as they are stored, which is how Pillow reads them and
 * networks were trained: not turned as its Exif says, its colours not converted, those of clear pixels kept. These last are
 * black where the browser has no WebGL, and in a GIF.
 *
 * @returns null where the bytes are no picture.
 */
export async function decodeStored(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<RawPixels | null> {
  const bare = withoutMeanings(bytes);
  const seen = await decodeEncoded(bare, mime);
  if (!seen || isOpaque(seen)) return seen;
  const stored = await UnmultipliedReader.shared()
    ?.read(bare, mime)
    .catch(() => null);
  return stored ?? seen;
}

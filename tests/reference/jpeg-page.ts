// Decodes JPEGs in a page for measure-jpeg-decoding.ts, as models are shown them.
import { decodeByDecoder } from "../../src/compute/images/decode/decode-by-decoder.ts";
import { decodeStored } from "../../src/compute/images/decode/decode-stored.ts";
import { isPlainPicture } from "../../src/compute/images/decode/is-plain-picture.ts";
import { JpegReader } from "../../src/compute/images/decode/jpeg-reader.ts";
import { withoutOpacity } from "../../src/compute/images/without-opacity.ts";

export type Decoder = "own" | "WebCodecs" | "canvas";

export interface DecodedJpeg {
  readonly by: Decoder;
  readonly channels: number;
  /** Base64. */
  readonly pixels: string;
}

async function decode(base64: string): Promise<DecodedJpeg> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const picture = await decodeStored(bytes, "image/jpeg");
  if (!picture) throw new Error("no picture");
  const { pixels, channels } = withoutOpacity(picture);
  const text = Array.from(pixels, (value) => String.fromCharCode(value)).join("");
  return { by: await decoderOf(bytes), channels, pixels: btoa(text) };
}

/** Which of the ways it takes. */
async function decoderOf(bytes: Uint8Array<ArrayBuffer>): Promise<Decoder> {
  if (!isPlainPicture(bytes)) return "canvas";
  if ((await JpegReader.shared()).read(bytes)) return "own";
  return (await decodeByDecoder(bytes, "image/jpeg").catch(() => null)) ? "WebCodecs" : "canvas";
}

declare global {
  interface Window {
    jpegPage: { readonly decode: typeof decode };
  }
}
window.jpegPage = { decode };

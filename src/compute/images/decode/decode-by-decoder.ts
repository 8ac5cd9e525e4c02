import type { RawPixels } from "../raw-pixels.ts";
import { YuvConverter } from "./yuv-converter.ts";

/**
 * The way of WebCodecs: no blob, no canvas. It is not there on pages that are not served securely, nor in browsers without
 * WebCodecs (Safari).
 *
 * A JPEG comes as it is stored, in brightness and colour at half the resolution; the browser's own conversion of those to
 * red, green and blue repeats colours and is up to 9 levels away from what it draws, so that is done here.
 *
 * @returns null where there is no such decoder or it gives a kind of pixels that this can't read.
 * @throws {DOMException} when the bytes are no picture, or none that the decoder knows.
 */
export async function decodeByDecoder(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<RawPixels | null> {
  if (!("ImageDecoder" in globalThis)) return null;
  const decoder = new ImageDecoder({ data: bytes, type: mime });
  try {
    const { image } = await decoder.decode();
    try {
      return await pixelsOf(image);
    } finally {
      image.close();
    }
  } finally {
    decoder.close();
  }
}

async function pixelsOf(frame: VideoFrame): Promise<RawPixels | null> {
  const { codedWidth: width, codedHeight: height, format, colorSpace } = frame;
  if (format === "I420" || format === "I444") {
    // What JFIF says of JPEG; WebP has another range.
    if (!colorSpace.fullRange || colorSpace.matrix !== "smpte170m") return null;
    const stored = new Uint8Array(frame.allocationSize());
    const planes = await frame.copyTo(stored);
    const converter = await YuvConverter.shared();
    return converter.convert({ stored, planes, width, height, isHalved: format === "I420" });
  }
  if (format !== "RGBA" && format !== "RGBX" && format !== "BGRA" && format !== "BGRX") return null;
  const pixels = new Uint8Array(width * height * 4);
  const [layout] = await frame.copyTo(pixels, { format: "RGBA" });
  return layout?.offset === 0 && layout.stride === width * 4 ? { pixels, width, height, channels: 4 } : null;
}

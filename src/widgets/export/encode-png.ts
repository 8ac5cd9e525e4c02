import { deflate } from "./deflate.ts";
import type { FigurePixels } from "./figure.ts";
import { joinPng, type PngChunk } from "./png-chunks.ts";

/** Pixels as a PNG file, without a canvas: works in workers, Node and pages alike. */
export async function encodePng(
  { data, width, height }: FigurePixels,
  extra: readonly PngChunk[] = [],
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits a part, red green blue opacity.
  header.set([8, 6, 0, 0, 0], 8);
  const stride = width * 4;
  const lines = new Uint8Array((stride + 1) * height);
  for (let line = 0; line < height; line++)
    lines.set(data.subarray(line * stride, (line + 1) * stride), line * (stride + 1) + 1);
  const packed = await deflate(lines);
  return joinPng([
    { type: "IHDR", data: header },
    ...extra,
    { type: "IDAT", data: packed },
    { type: "IEND", data: new Uint8Array(0) },
  ]);
}

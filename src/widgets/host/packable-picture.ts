import type { PackedPicture } from "./picture-pack.ts";

/** A picture as it goes into a pack: what it is, and its bytes. */
export interface PackablePicture {
  readonly picture: Omit<PackedPicture, "offset" | "length">;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The pixels of a drawn picture, raw. */
export function pixelsOfBitmap(row: number, bitmap: ImageBitmap): PackablePicture {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser gave no canvas to draw on.");
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return { picture: { row, width, height, channels: 4 }, bytes: new Uint8Array(data.buffer) };
}

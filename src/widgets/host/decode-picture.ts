import type { PackedPicture } from "./picture-pack.ts";

/** A picture as the browser draws it; null where its bytes are no picture. */
export async function decodePicture(
  picture: PackedPicture,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ImageBitmap | null> {
  const { mime, width = 0, height = 0, channels = 0 } = picture;
  try {
    if (mime) return await createImageBitmap(new Blob([bytes], { type: mime }));
    return await createImageBitmap(new ImageData(spreadChannels(bytes, channels), width, height));
  } catch {
    return null;
  }
}

/** Grey (1), red-green-blue (3) or with opacity (4), to the four channels of a canvas. */
export function spreadChannels(bytes: Uint8Array<ArrayBuffer>, channels: number): Uint8ClampedArray<ArrayBuffer> {
  if (channels === 4) return new Uint8ClampedArray(bytes);
  const pixels = bytes.length / channels;
  const spread = new Uint8ClampedArray(pixels * 4);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++)
      spread[pixel * 4 + channel] = bytes[pixel * channels + (channels === 1 ? 0 : channel)] ?? 0;
    spread[pixel * 4 + 3] = 255;
  }
  return spread;
}

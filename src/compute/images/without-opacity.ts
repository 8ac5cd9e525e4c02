import type { RawPixels } from "./raw-pixels.ts";

/** Red, green and blue (or grey) alone: the opacity is left out, as Pillow's `convert("RGB")` leaves it out. */
export function withoutOpacity(picture: RawPixels): RawPixels {
  if (picture.channels !== 4) return picture;
  const { pixels } = picture;
  const colors = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    colors[to] = pixels[from] ?? 0;
    colors[to + 1] = pixels[from + 1] ?? 0;
    colors[to + 2] = pixels[from + 2] ?? 0;
  }
  return { ...picture, pixels: colors, channels: 3 };
}

import { parseColor } from "../../theme/rgb.ts";
import { TINT } from "../plot/drawing/tile-marks.ts";
import { pixelsOfPicture } from "../plot/tiles/sheet-picture.ts";
import type { SmallPicture } from "../plot/tiles/shrink-pictures.ts";

/**
 * A picture with a colour over it in its own pixels: laid over it as a colour of its own, the edges of two such would
 * darken each other.
 *
 * @param color `#rrggbb`.
 * @param share Of the colour, 0 to 1; default that of a class's tint.
 */
export function tintPicture(picture: SmallPicture, color: string, share = TINT): SmallPicture {
  const { rgb } = parseColor(color);
  const tinted = new ImageData(picture.width, picture.height);
  const parts = new Uint8ClampedArray(4);
  new DataView(parts.buffer).setUint32(0, picture.mean);
  for (const [from, to] of [
    [pixelsOfPicture(picture), tinted.data],
    [parts, parts],
  ] as const)
    for (let at = 0; at < from.length; at += 4) {
      const below = ((from[at + 3] ?? 0) / 255) * (1 - share);
      const opacity = below + share;
      for (const [part, tint] of rgb.entries())
        to[at + part] = ((from[at + part] ?? 0) * below + tint * share) / opacity;
      to[at + 3] = 255 * opacity;
    }
  return { ...picture, sheet: tinted, top: 0, mean: new DataView(parts.buffer).getUint32(0) };
}

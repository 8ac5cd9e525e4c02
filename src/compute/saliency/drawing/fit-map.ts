import type { PictureSize } from "../../images/resize/numbers-of.ts";
import { resizeLinear } from "../../images/resize/resize-linear.ts";
import { placesOf } from "../attribution.ts";

/**
 * A map brought to its picture's size: linear between the places' middles. What gets smaller is blurred before, so that
 * nothing falls between two pixels.
 *
 * @param map - `from.height * from.width` numbers.
 * @returns `to.height * to.width`; the map itself where it has that size.
 */
export function fitMap(map: Float32Array<ArrayBuffer>, from: PictureSize, to: PictureSize): Float32Array<ArrayBuffer> {
  if (from.height === to.height && from.width === to.width) return map;
  return resizeLinear(map, placesOf({ ...from, channels: 1, channelsLast: true }), to);
}

import { placesIn } from "../../../compute/saliency/judge/erased-pictures.ts";
import type { InputPixels } from "../../models/input-pixels.ts";
import type { Faithfulness } from "../data/shown-saliency.ts";

/** A picture with its most salient share blurred away. */
export function erasedPixels(
  picture: InputPixels,
  { order, blurred }: Pick<Faithfulness, "order" | "blurred">,
  share: number,
): InputPixels {
  const data = new Uint8ClampedArray(picture.data);
  for (const place of order.subarray(0, placesIn(share, order.length)))
    data.set(blurred.data.subarray(place * 4, place * 4 + 3), place * 4);
  return { ...picture, data };
}

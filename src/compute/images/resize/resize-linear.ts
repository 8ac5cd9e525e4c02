import { linesAcross, linesDown, type PictureLayout } from "../picture-layout.ts";
import { againstAliasing } from "./against-aliasing.ts";
import { type Numbers, type OwnNumbers, type PictureSize, roundedAs } from "./numbers-of.ts";
import { centerOn, type LineTaps, resampleNumbers } from "./resample-numbers.ts";

/**
 * A picture in another size, linear between its pixels' middles: `skimage.transform.resize` with order 1 and mode "reflect", by
 * which Grad-CAM's map is brought to its picture's size. Beyond the edge lies the picture mirrored at its last pixel. What gets
 * smaller is blurred before.
 *
 * @param values - `height * width * channels` numbers in the order that `layout` tells.
 * @returns A new array in the same order.
 */
export function resizeLinear<T extends Numbers>(values: T, layout: PictureLayout, size: PictureSize): OwnNumbers<T>;
export function resizeLinear(values: Numbers, layout: PictureLayout, size: PictureSize): Numbers {
  const smooth = new Float64Array(againstAliasing(values, layout, size, "mirror"));
  const tall = resampleNumbers(smooth, linesDown(layout), size.height, linearTaps(layout.height, size.height));
  const between = { ...layout, height: size.height };
  return roundedAs(
    values,
    resampleNumbers(tall, linesAcross(between), size.width, linearTaps(layout.width, size.width)),
  );
}

function linearTaps(from: number, to: number): LineTaps {
  const places = new Int32Array(2 * to);
  const weights = new Float64Array(2 * to);
  for (let place = 0; place < to; place++) {
    // A center lies at most half a pixel beyond the last one: there the mirrored line is read at that distance before it.
    const center = mirrored(centerOn(place, from, to), from);
    const first = Math.floor(center);
    const part = center - first;
    places.set([first, Math.min(first + 1, from - 1)], 2 * place);
    weights.set([1 - part, part], 2 * place);
  }
  return { count: 2, places, weights };
}

function mirrored(center: number, length: number): number {
  if (length === 1) return 0;
  if (center < 0) return -center;
  return center > length - 1 ? 2 * (length - 1) - center : center;
}

import type { Job } from "../../job.ts";
import { Pace } from "../../runtime/pace.ts";
import { linesAcross, linesDown, type PictureLayout } from "../picture-layout.ts";
import { againstAliasing } from "./against-aliasing.ts";
import { PADDING, splineLine } from "./cubic-spline.ts";
import { type Numbers, type OwnNumbers, type PictureSize, roundedAs } from "./numbers-of.ts";
import { centerOn, type LineTaps, resampleNumbers } from "./resample-numbers.ts";

/**
 * A picture in another size by cubic B-splines: `skimage.transform.resize` with order 3, mode "constant" (zeros beyond the edge)
 * and anti-aliasing, cut to the picture's own range of values. So XRAI brings a picture to the size that it is segmented in.
 *
 * @param values - `height * width * channels` numbers in the order that `layout` tells.
 * @returns A new array in the same order.
 * @throws ComputeError "cancelled".
 */
export async function resizeCubic<T extends Numbers>(
  values: T,
  layout: PictureLayout,
  size: PictureSize,
  job?: Job,
): Promise<OwnNumbers<T>>;
export async function resizeCubic(
  values: Numbers,
  layout: PictureLayout,
  size: PictureSize,
  { signal }: Job = {},
): Promise<Numbers> {
  if (layout.height === size.height && layout.width === size.width) return values.slice();
  const pace = new Pace(signal);
  const smooth = new Float64Array(againstAliasing(values, layout, size, "zero"));
  await pace.check();
  const tall = resize(smooth, layout, "height", size.height);
  await pace.check();
  const resized = resize(tall, { ...layout, height: size.height }, "width", size.width);
  await pace.check();
  return roundedAs(values, clip(resized, values));
}

function resize(values: Float64Array, layout: PictureLayout, side: "height" | "width", to: number) {
  const lines = side === "height" ? linesDown(layout) : linesAcross(layout);
  const padded = new Float64Array(lines.length + 2 * PADDING);
  return resampleNumbers(values, lines, to, cubicTaps(lines.length, to), (line) => splineLine(line, padded));
}

/** The four B-splines that are not 0 at each center; places count in the padded line. */
function cubicTaps(from: number, to: number): LineTaps {
  const places = new Int32Array(4 * to);
  const weights = new Float64Array(4 * to);
  for (let place = 0; place < to; place++) {
    const center = centerOn(place, from, to) + PADDING;
    const middle = Math.floor(center);
    const after = center - middle;
    const before = 1 - after;
    const first = (before * before * before) / 6;
    const second = (after * after * (after - 2) * 3 + 4) / 6;
    const third = (before * before * (before - 2) * 3 + 4) / 6;
    places.set([middle - 1, middle, middle + 1, middle + 2], 4 * place);
    weights.set([first, second, third, 1 - first - second - third], 4 * place);
  }
  return { count: 4, places, weights };
}

/** Splines overshoot: they are cut to the picture's own values, and to the zeros around it where these are seen. */
function clip(resized: Float64Array<ArrayBuffer>, values: Numbers): Float64Array<ArrayBuffer> {
  let [least, most] = rangeOf(values);
  const [lowest, highest] = rangeOf(resized);
  if (lowest <= 0 && highest >= 0) [least, most] = [Math.min(least, 0), Math.max(most, 0)];
  return resized.map((value) => Math.min(most, Math.max(least, value)));
}

function rangeOf(values: Numbers): [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

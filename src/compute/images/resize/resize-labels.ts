import type { PictureSize } from "./numbers-of.ts";
import { centerOn } from "./resample-numbers.ts";

/**
 * A picture of labels in another size, each pixel the one that its middle falls on: `skimage.transform.resize` with order 0.
 *
 * @param labels - `from.height * from.width` numbers, row after row.
 * @returns The labels themselves where they have that size already.
 */
export function resizeLabels(
  labels: Int32Array<ArrayBuffer>,
  from: PictureSize,
  to: PictureSize,
): Int32Array<ArrayBuffer> {
  if (from.width === to.width && from.height === to.height) return labels;
  const columns = Array.from({ length: to.width }, (_, place) => nearest(place, from.width, to.width));
  const resized = new Int32Array(to.width * to.height);
  let write = 0;
  for (let row = 0; row < to.height; row++) {
    const start = nearest(row, from.height, to.height) * from.width;
    for (const column of columns) resized[write++] = labels[start + column] ?? 0;
  }
  return resized;
}

function nearest(place: number, from: number, to: number): number {
  return Math.floor(centerOn(place, from, to) + 0.5);
}

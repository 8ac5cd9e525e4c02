import { between } from "../../quantile.ts";
import type { AscendingValues } from "./ascending-values.ts";
import type { BoxNumbers } from "./unit-boxes.ts";

const REACH = 1.5;
const MOST_OUTLIERS = 200;

/** @param mean Of the same values. */
export function boxNumbers(values: AscendingValues, mean: number): BoxNumbers {
  const n = values.length;
  const [q1, median, q3] = [quantileOf(values, 0.25), quantileOf(values, 0.5), quantileOf(values, 0.75)];
  const reach = REACH * (q3 - q1);
  const low = countWhile(values, (value) => value < q1 - reach);
  const high = countWhile(values, (value) => value <= q3 + reach);
  const places = spreadEvenly(low + n - high, MOST_OUTLIERS).map((at) => (at < low ? at : high + at - low));
  return {
    n,
    mean,
    min: values.valueAt(0),
    q1,
    median,
    q3,
    max: values.valueAt(n - 1),
    whiskerLow: Math.min(values.valueAt(low), q1),
    whiskerHigh: Math.max(values.valueAt(high - 1), q3),
    outlierCount: low + n - high,
    outliers: Float32Array.from(places, (place) => values.valueAt(place)),
    outlierRows: Int32Array.from(places, (place) => values.ownerAt(place)),
  };
}

/** Linear between the two nearest (NumPy's default, method "linear"). */
function quantileOf(values: AscendingValues, share: number): number {
  const place = share * (values.length - 1);
  const below = Math.floor(place);
  const low = values.valueAt(below);
  return below + 1 < values.length ? between(low, values.valueAt(below + 1), place - below) : low;
}

/** How many from the first on fulfil what only a beginning of them does. */
function countWhile(values: AscendingValues, holds: (value: number) => boolean): number {
  let least = 0;
  let most = values.length;
  while (least < most) {
    const middle = (least + most) >> 1;
    if (holds(values.valueAt(middle))) least = middle + 1;
    else most = middle;
  }
  return least;
}

/** 0 to `count` - 1, or `most` of them at equal distances, both ends among them. */
function spreadEvenly(count: number, most: number): number[] {
  const kept = Math.min(count, most);
  return Array.from({ length: kept }, (_, at) => (kept < count ? Math.round((at * (count - 1)) / (kept - 1)) : at));
}

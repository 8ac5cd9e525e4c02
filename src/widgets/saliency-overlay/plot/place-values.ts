import type { ShownMap } from "../data/shown-saliency.ts";

/** A place of a map, from 0. */
export interface MapPixel {
  readonly row: number;
  readonly column: number;
}

/** What a map says of a place. */
export interface PlaceValues {
  /** As it is drawn, 0 to 1. */
  readonly value: number;
  /** Of a hundred places so many are less salient. */
  readonly percentile: number;
  /** The sum over the channels: for the class above 0, against it below. */
  readonly signed: number;
}

/** Sorted once a map, however often a pointer goes over it. */
const sorted = new WeakMap<Float32Array, Float32Array>();

/** @param values The map as it is drawn (`mapValues`). */
export function placeValues(
  { width, strength, signed }: Pick<ShownMap, "width" | "strength" | "signed">,
  values: Float32Array,
  { row, column }: MapPixel,
): PlaceValues {
  const at = row * width + column;
  const inOrder = sorted.get(strength) ?? strength.slice().sort();
  sorted.set(strength, inOrder);
  const below = countBelow(inOrder, strength[at] ?? 0);
  return { value: values[at] ?? 0, percentile: (100 * below) / inOrder.length, signed: signed[at] ?? 0 };
}

/** How many of some numbers in order are less than a value. */
function countBelow(numbers: Float32Array, value: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] ?? 0) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

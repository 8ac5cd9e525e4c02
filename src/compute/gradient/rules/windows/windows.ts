import type { SlidingSide } from "../../../model/layers/sliding-sides.ts";

/** Windows that slide over a tensor, and what they make of it: channels come second in both. */
export interface Windows {
  /** One for each axis behind the channels. */
  readonly sides: readonly SlidingSide[];
  /** Channels mix within so many parts of equal size alone. */
  readonly group: number;
  /** Dimensions of what is slid over. */
  readonly wide: readonly number[];
  /** Dimensions of what has a number for each window. */
  readonly narrow: readonly number[];
}

/** From a window's first place to its last one, both counted. */
export function reachOf({ kernel, dilation }: SlidingSide): number {
  return (kernel - 1) * dilation + 1;
}

/**
 * How far the last window reaches past what is slid over; negative where it doesn't come to its end.
 *
 * @param axis - Which of the sides.
 */
export function overhang({ sides, wide, narrow }: Windows, axis: number): number {
  const side = sides[axis];
  if (!side) return 0;
  return ((narrow[axis + 2] ?? 1) - 1) * side.stride + reachOf(side) - side.before - (wide[axis + 2] ?? 1);
}

/** The axes of places: those behind the batch and the channels. */
export function placeAxes(dims: readonly number[]): number[] {
  return dims.map((_, axis) => axis).slice(2);
}

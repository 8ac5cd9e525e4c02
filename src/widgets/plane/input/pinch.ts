import type { Corner } from "./gesture-target.ts";

/** What one finger's move means while another stays at `other`. */
export interface Pinch {
  readonly factor: number;
  /** Between the fingers, after the move. */
  readonly middle: Corner;
  readonly moved: Corner;
}

/** Fingers closer than this would zoom wildly, CSS pixels. */
const CLOSEST = 10;

export function pinchBetween(before: Corner, now: Corner, other: Corner): Pinch {
  const apart = (place: Corner) => Math.max(CLOSEST, Math.hypot(place[0] - other[0], place[1] - other[1]));
  return {
    factor: apart(now) / apart(before),
    middle: [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2],
    moved: [(now[0] - before[0]) / 2, (now[1] - before[1]) / 2],
  };
}

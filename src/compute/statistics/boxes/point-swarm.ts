import type { AscendingValues } from "./ascending-values.ts";
import type { PointSwarm } from "./unit-boxes.ts";

/** More values than that are no points any more. */
export const mostPoints = 2_000;

/** Diameters in a panel's height when there are few points. */
const LEAST_HIGH = 30;
/** A group's column is taken to be a third as wide as high, and its values twice as dense in the middle as on average. */
const CROWDING = 6;

/**
 * How many diameters a difference of 1 in value is high, so that the largest swarm of a panel is about as wide as its
 * column.
 *
 * @param largest Points in it.
 */
export function swarmScale([least, greatest]: readonly [number, number], largest: number): number {
  const high = Math.max(LEAST_HIGH, Math.sqrt(CROWDING * Math.min(largest, mostPoints)));
  return high / (greatest > least ? greatest - least : 1);
}

/**
 * Lay points beside each other, least value first, each as near to the middle as it touches none before it (Wilkinson's
 * dot plot without bins; the "swarm" of beeswarm). Of two places equally near, the left and the right take turns.
 * Once sorted, a point looks only at those less than a diameter below it.
 */
export function pointSwarm(values: AscendingValues, perValue: number): PointSwarm {
  const count = values.length;
  const rows = Int32Array.from({ length: count }, (_, place) => values.ownerAt(place));
  const exact = Float64Array.from({ length: count }, (_, place) => values.valueAt(place));
  const heights = exact.map((value) => value * perValue);
  const offsets = new Float64Array(count);
  const near = new NearPoints(heights, offsets);
  for (let point = 0; point < count; point++) {
    const height = heights[point] ?? 0;
    near.dropBelow(height - 1);
    const [left, right] = [near.freePlace(height, -1), near.freePlace(height, 1)];
    const leftFirst = -left === right ? point % 2 === 0 : -left < right;
    offsets[point] = leftFirst ? left : right;
    near.add(point);
  }
  return {
    rows,
    values: Float32Array.from(exact),
    offsets: Float32Array.from(offsets),
    perValue,
  };
}

/** Points less than a diameter below the next one, from left to right. */
class NearPoints {
  readonly #points: number[] = [];
  #lowest = 0;

  constructor(
    private readonly heights: Float64Array,
    private readonly offsets: Float64Array,
  ) {}

  dropBelow(height: number): void {
    for (; this.#lowest < this.heights.length; this.#lowest++) {
      const place = this.#points.length === 0 ? -1 : this.#placeOf(this.#lowest);
      if (place < 0 || (this.heights[this.#lowest] ?? 0) > height) return;
      this.#points.splice(place, 1);
    }
  }

  add(point: number): void {
    this.#points.splice(this.#firstFrom(this.#offset(point)), 0, point);
  }

  /** The place nearest to the middle on one side where a point at this height touches no other. */
  freePlace(height: number, side: 1 | -1): number {
    let free = 0;
    const start = this.#firstFrom(side === 1 ? -1 : 1);
    for (let place = side === 1 ? start : start - 1; ; place += side) {
      const point = this.#points[place];
      if (point === undefined) return side * free;
      const centre = side * this.#offset(point);
      if (centre - 1 >= free) return side * free;
      const below = height - (this.heights[point] ?? 0);
      const reach = Math.sqrt(Math.max(0, 1 - below * below));
      if (centre - reach < free && centre + reach > free) free = centre + reach;
    }
  }

  #offset(point: number): number {
    return this.offsets[point] ?? 0;
  }

  /** The first place whose offset is this, or right of it. */
  #firstFrom(offset: number): number {
    let least = 0;
    let most = this.#points.length;
    while (least < most) {
      const middle = (least + most) >> 1;
      if (this.#offset(this.#points[middle] ?? 0) < offset) least = middle + 1;
      else most = middle;
    }
    return least;
  }

  #placeOf(point: number): number {
    for (let place = this.#firstFrom(this.#offset(point)); place < this.#points.length; place++)
      if (this.#points[place] === point) return place;
    return -1;
  }
}

/** A stretch of a list of points: `members[from]` to `members[to - 1]`. */
export type Stretch = readonly [from: number, to: number];

/**
 * The points nearest to (x, y) among some stretches of a list, nearest first; equally near ones by their number.
 *
 * @param positions `x, y` of every point, interleaved.
 * @param count How many at most.
 * @param reach Points this far off or further are passed over.
 */
export function nearestMembers(
  positions: Float32Array,
  members: Int32Array,
  stretches: readonly Stretch[],
  x: number,
  y: number,
  count: number,
  reach = Number.POSITIVE_INFINITY,
): { readonly points: Int32Array<ArrayBuffer>; readonly squared: Float64Array<ArrayBuffer> } {
  const size = Math.max(0, Math.min(count, lengthOf(stretches)));
  const points = new Int32Array(size);
  const squared = new Float64Array(size);
  let found = 0;
  if (size > 0)
    for (const [from, to] of stretches)
      for (let place = from; place < to; place++) {
        const point = members[place] ?? 0;
        const awayX = (positions[2 * point] ?? 0) - x;
        const awayY = (positions[2 * point + 1] ?? 0) - y;
        const away = awayX * awayX + awayY * awayY;
        if (found === size && away > (squared[size - 1] ?? 0)) continue;
        if (Math.sqrt(away) >= reach) continue;
        // Sorted insertion: lists are short, and most points fail at the line above.
        let rank = found < size ? found++ : size;
        while (rank > 0 && isBefore(away, point, squared[rank - 1] ?? 0, points[rank - 1] ?? 0)) {
          if (rank < size) {
            squared[rank] = squared[rank - 1] ?? 0;
            points[rank] = points[rank - 1] ?? 0;
          }
          rank--;
        }
        if (rank < size) {
          squared[rank] = away;
          points[rank] = point;
        }
      }
  return { points: points.subarray(0, found), squared: squared.subarray(0, found) };
}

function isBefore(away: number, point: number, otherAway: number, other: number): boolean {
  return away < otherAway || (away === otherAway && point < other);
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, [from, to]) => sum + to - from, 0);
}

import type { Projection } from "./projection.ts";

/**
 * The row whose mark, as it is seen now, is nearest to that of `from` in a direction of the screen (y downwards), at
 * most 45 degrees off it: the rule of a flat map, over all rows, because every turn gives them other neighbours.
 *
 * @param positions `x, y, z` of every row, interleaved.
 * @param from A row number, or a place on the element, from which marks in all directions count.
 * @returns A row number, or -1 where there is none on that side.
 */
export function rowBeside(
  positions: Float32Array,
  projection: Projection,
  from: number | readonly [x: number, y: number],
  [dx, dy]: readonly [number, number],
): number {
  const placeOf = (row: number) =>
    projection(
      positions[3 * row] ?? Number.NaN,
      positions[3 * row + 1] ?? Number.NaN,
      positions[3 * row + 2] ?? Number.NaN,
    );
  const start = typeof from === "number" ? placeOf(from) : from;
  if (!start) return -1;
  let found = -1;
  let best = Number.POSITIVE_INFINITY;
  for (let row = 0; 3 * row < positions.length; row++) {
    const place = placeOf(row);
    if (!place) continue;
    const [awayX, awayY] = [place[0] - start[0], place[1] - start[1]];
    const squared = awayX * awayX + awayY * awayY;
    const along = awayX * dx + awayY * dy;
    const isThere = typeof from !== "number" || (squared > 0 && along > 0 && 2 * along * along >= squared);
    if (squared < best && isThere) {
      best = squared;
      found = row;
    }
  }
  return found;
}

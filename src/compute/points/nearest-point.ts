import { columnOfCell, type PointIndex, rowOfCell } from "./point-index.ts";

/**
 * The row whose mark is nearest to (x, y), exactly; of equally near ones the first.
 *
 * @param maxDistance Marks further away than this are not found.
 * @returns A row number, or -1.
 */
export function nearestPoint(index: PointIndex, x: number, y: number, maxDistance = Number.POSITIVE_INFINITY): number {
  return searchRings(index, x, y, maxDistance * maxDistance, () => true);
}

/**
 * The nearest mark to that of `row` in the direction (dx, dy), at most 45 degrees off it: what an arrow key goes to.
 * Marks in the very same place have no direction and are passed over.
 *
 * @returns A row number, or -1 where there is none on that side.
 */
export function nearestInDirection(index: PointIndex, row: number, dx: number, dy: number): number {
  const x = index.positions[2 * row] ?? Number.NaN;
  const y = index.positions[2 * row + 1] ?? Number.NaN;
  const length = Math.hypot(dx, dy);
  if (!Number.isFinite(x + y) || !(length > 0)) return -1;
  return searchRings(index, x, y, Number.POSITIVE_INFINITY, (awayX, awayY, squared) => {
    const along = (awayX * dx + awayY * dy) / length;
    return squared > 0 && along > 0 && 2 * along * along >= squared;
  });
}

/**
 * Look through the grid in square rings around (x, y) until no nearer mark is possible. A mark in ring r is at least
 * r - 1 cells away: that holds for the border cells too, whose outliers lie further out still.
 */
function searchRings(
  index: PointIndex,
  x: number,
  y: number,
  maxSquared: number,
  accepts: (awayX: number, awayY: number, squared: number) => boolean,
): number {
  const { positions, cellStarts, order, cellSize, columns, rows } = index;
  const centreColumn = columnOfCell(index, x);
  const centreRow = rowOfCell(index, y);
  const rings = Math.max(centreColumn, columns - 1 - centreColumn, centreRow, rows - 1 - centreRow);
  let found = -1;
  let best = maxSquared;

  const searchCell = (cell: number) => {
    const end = cellStarts[cell + 1] ?? 0;
    for (let place = cellStarts[cell] ?? 0; place < end; place++) {
      const row = order[place] ?? 0;
      const awayX = (positions[2 * row] ?? 0) - x;
      const awayY = (positions[2 * row + 1] ?? 0) - y;
      const squared = awayX * awayX + awayY * awayY;
      if (squared > best || !accepts(awayX, awayY, squared)) continue;
      if (squared === best && found >= 0 && row > found) continue;
      best = squared;
      found = row;
    }
  };

  for (let ring = 0; ring <= rings; ring++) {
    const reach = Math.max(0, ring - 1) * cellSize;
    if (reach * reach > best) break;
    const left = Math.max(0, centreColumn - ring);
    const right = Math.min(columns - 1, centreColumn + ring);
    for (let row = Math.max(0, centreRow - ring); row <= Math.min(rows - 1, centreRow + ring); row++) {
      if (Math.abs(row - centreRow) === ring) {
        for (let column = left; column <= right; column++) searchCell(row * columns + column);
      } else {
        if (centreColumn - ring >= 0) searchCell(row * columns + centreColumn - ring);
        if (centreColumn + ring < columns) searchCell(row * columns + centreColumn + ring);
      }
    }
  }
  return found;
}

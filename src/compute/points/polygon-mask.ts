import { emptyMask, type RowMask } from "../selection/row-mask.ts";
import { rasterPolygon } from "./polygon-raster.ts";

/**
 * The rows whose position lies in the polygon, by the even-odd rule, exactly.
 *
 * The polygon is drawn once into a grid of cells that are inside, outside or on its edge; only positions in edge
 * cells are compared with edges.
 *
 * @param positions `x, y` of every row, interleaved. Positions that are not finite are never inside.
 * @param polygon `x, y` of every corner; closed by itself.
 */
export function rowsInPolygon(positions: Float32Array, polygon: Float32Array, rows: number): RowMask {
  const mask = emptyMask(rows);
  if (polygon.length < 6) return mask;
  const { cells, size, left, right, bottom, top, scaleX, scaleY, crossesRight } = rasterPolygon(polygon, rows);
  for (let byte = 0; byte < mask.length; byte++) {
    let bits = 0;
    for (let bit = 0; bit < 8; bit++) {
      const row = byte * 8 + bit;
      if (row >= rows) break;
      const x = positions[2 * row] ?? Number.NaN;
      const y = positions[2 * row + 1] ?? Number.NaN;
      if (!(x >= left && x <= right && y >= bottom && y <= top)) continue;
      const column = Math.min(size - 1, ((x - left) * scaleX) | 0);
      const band = Math.min(size - 1, ((y - bottom) * scaleY) | 0);
      const kind = cells[band * size + column];
      if (kind === 1 || (kind === 2 && crossesRight(x, y, band))) bits |= 1 << bit;
    }
    mask[byte] = bits;
  }
  return mask;
}

/** The rows whose position lies in the rectangle, its border included; its corners may come in any order. */
export function rowsInRectangle(
  positions: Float32Array,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  rows: number,
): RowMask {
  const mask = emptyMask(rows);
  const [left, right] = x0 < x1 ? [x0, x1] : [x1, x0];
  const [bottom, top] = y0 < y1 ? [y0, y1] : [y1, y0];
  for (let row = 0; row < rows; row++) {
    const x = positions[2 * row] ?? Number.NaN;
    const y = positions[2 * row + 1] ?? Number.NaN;
    if (x >= left && x <= right && y >= bottom && y <= top) mask[row >> 3] = (mask[row >> 3] ?? 0) | (1 << (row & 7));
  }
  return mask;
}

/** A polygon drawn into a square grid over its bounding box. */
export interface PolygonRaster {
  /** `size * size` cells: 0 outside, 1 inside, 2 on the edge (compare with the edges themselves). */
  readonly cells: Uint8Array;
  readonly size: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  /** Cells a unit of x and of y. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** The even-odd rule for a position in the grid row `band`: does a ray to the right cross an odd number of edges? */
  crossesRight(x: number, y: number, band: number): boolean;
}

/** Draw the polygon (`x, y` of every corner, at least three) as finely as pays for so many positions. */
export function rasterPolygon(polygon: Float32Array, positions: number): PolygonRaster {
  const size = positions > 200_000 ? 1024 : positions > 10_000 ? 256 : 64;
  const corners = polygon.length >> 1;
  const cornerX = (corner: number) => polygon[2 * corner] ?? 0;
  const cornerY = (corner: number) => polygon[2 * corner + 1] ?? 0;
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  let top = Number.NEGATIVE_INFINITY;
  for (let corner = 0; corner < corners; corner++) {
    left = Math.min(left, cornerX(corner));
    right = Math.max(right, cornerX(corner));
    bottom = Math.min(bottom, cornerY(corner));
    top = Math.max(top, cornerY(corner));
  }
  const scaleX = right > left ? size / (right - left) : 0;
  const scaleY = top > bottom ? size / (top - bottom) : 0;
  const clamp = (cell: number) => Math.min(size - 1, Math.max(0, Math.floor(cell)));

  // Which edges touch each band (a row of the grid), a cell more on both sides against rounding.
  const firstBand = new Int32Array(corners);
  const lastBand = new Int32Array(corners);
  const bandStarts = new Int32Array(size + 1);
  for (let edge = 0; edge < corners; edge++) {
    const y0 = (cornerY(edge) - bottom) * scaleY;
    const y1 = (cornerY((edge + 1) % corners) - bottom) * scaleY;
    firstBand[edge] = clamp(Math.min(y0, y1) - 1);
    lastBand[edge] = clamp(Math.max(y0, y1) + 1);
    for (let band = firstBand[edge] ?? 0; band <= (lastBand[edge] ?? 0); band++)
      bandStarts[band + 1] = (bandStarts[band + 1] ?? 0) + 1;
  }
  for (let band = 1; band <= size; band++) bandStarts[band] = (bandStarts[band] ?? 0) + (bandStarts[band - 1] ?? 0);
  const bandEdges = new Int32Array(bandStarts[size] ?? 0);
  const next = bandStarts.slice();
  const cells = new Uint8Array(size * size);
  for (let edge = 0; edge < corners; edge++) {
    const x0 = (cornerX(edge) - left) * scaleX;
    const y0 = (cornerY(edge) - bottom) * scaleY;
    const x1 = (cornerX((edge + 1) % corners) - left) * scaleX;
    const y1 = (cornerY((edge + 1) % corners) - bottom) * scaleY;
    for (let band = firstBand[edge] ?? 0; band <= (lastBand[edge] ?? 0); band++) {
      const place = next[band] ?? 0;
      bandEdges[place] = edge;
      next[band] = place + 1;
      // The part of the edge within this band and its two neighbours: every cell it touches is marked.
      const [from, to] = reachIn(x0, y0, x1, y1, band - 1, band + 2);
      cells.fill(2, band * size + clamp(from - 1), band * size + clamp(to + 1) + 1);
    }
  }

  const crossesRight = (x: number, y: number, band: number): boolean => {
    let odd = false;
    for (let place = bandStarts[band] ?? 0; place < (bandStarts[band + 1] ?? 0); place++) {
      const edge = bandEdges[place] ?? 0;
      const end = edge + 1 === corners ? 0 : edge + 1;
      const y0 = cornerY(edge);
      const y1 = cornerY(end);
      if (y0 > y === y1 > y) continue;
      const x0 = cornerX(edge);
      if (x < ((cornerX(end) - x0) * (y - y0)) / (y1 - y0) + x0) odd = !odd;
    }
    return odd;
  };

  // Cells between two edge cells of a band are all inside or all outside: their first one tells.
  for (let band = 0; band < size; band++) {
    const y = bottom + (band + 0.5) / scaleY;
    for (let column = 0; column < size; column++) {
      const cell = band * size + column;
      if (cells[cell] === 2) continue;
      let end = column + 1;
      while (end < size && cells[band * size + end] !== 2) end++;
      if (crossesRight(left + (column + 0.5) / scaleX, y, band)) cells.fill(1, cell, band * size + end);
      column = end;
    }
  }
  return { cells, size, left, right, bottom, top, scaleX, scaleY, crossesRight };
}

/** From which to which x a line runs while its y is between `low` and `high`. */
function reachIn(x0: number, y0: number, x1: number, y1: number, low: number, high: number): readonly [number, number] {
  if (y0 === y1) return x0 < x1 ? [x0, x1] : [x1, x0];
  const at = (y: number) => x0 + Math.min(1, Math.max(0, (y - y0) / (y1 - y0))) * (x1 - x0);
  const a = at(low);
  const b = at(high);
  return a < b ? [a, b] : [b, a];
}

/** Square cells laid over a map. */
export interface Lattice {
  /** Cells across. */
  readonly columns: number;
  /** Cells up. */
  readonly rows: number;
  /** Width and height of a cell, in map units. */
  readonly cellSize: number;
  /** Map coordinates of the lower left corner of cell (0, 0); y points upwards. */
  readonly left: number;
  readonly bottom: number;
}

/** Cells at most: a map like a thread would ask for any number. */
export const MOST_CELLS = 1 << 22;
/** Two steps of single precision, of 1: by so much of itself a coordinate may lie beyond the last row and belong to it. */
const ROUNDING = 2 ** -22;

/**
 * Lay a lattice over all points that have a finite place: `numTilesX` cells across, as many up as the height needs,
 * from the lower left corner of the points' bounding box.
 *
 * Where the points have no width, the height is divided by `numTilesX` instead, and one column (or row) lies with its
 * middle on them; a single place gets one cell of size 1 around it. Where so many cells would be more than
 * `MOST_CELLS`, cells are larger and there are fewer columns.
 *
 * Slideflow 3 (`mosaic.py`, `generate_grid`) takes `floor(height / cellSize)` rows and stretches them over the height,
 * but goes on to measure as if they were square; there the centres and the places of tiles drift off their rows. Here
 * the last row ends where it must, often above the highest point.
 *
 * @param positions `x, y` of every point, interleaved.
 * @returns Null where no point has a finite place.
 */
export function spanLattice(positions: Float32Array, numTilesX: number): Lattice | null {
  const [left, right, bottom, top] = boundsOf(positions);
  if (left > right) return null;
  const width = right - left;
  const height = top - bottom;
  const cellSize = Math.max((width || height) / numTilesX || 1, leastCellSize(width, height));
  const largest = Math.max(Math.abs(left), Math.abs(right), Math.abs(bottom), Math.abs(top));
  const rounding = Math.min(0.01, (ROUNDING * largest) / cellSize);
  const columns = Math.max(1, Math.ceil(width / cellSize - rounding));
  const rows = Math.max(1, Math.ceil(height / cellSize - rounding));
  return {
    columns,
    rows,
    cellSize,
    left: width > 0 ? left : left - cellSize / 2,
    bottom: height > 0 ? bottom : bottom - cellSize / 2,
  };
}

/** The column of an x coordinate; what lies outside counts to the nearest one. */
export function columnOf({ left, cellSize, columns }: Lattice, x: number): number {
  return Math.min(columns - 1, Math.max(0, Math.floor((x - left) / cellSize)));
}

/** The row of a y coordinate, counted upwards. */
export function rowOf({ bottom, cellSize, rows }: Lattice, y: number): number {
  return Math.min(rows - 1, Math.max(0, Math.floor((y - bottom) / cellSize)));
}

/**
 * The same lattice with every cell cut into `2^level` by `2^level`. Halving is exact in floating point: a point's
 * finer column, without its last `level` bits, is its coarser one.
 */
export function refineLattice({ columns, rows, cellSize, left, bottom }: Lattice, level: number): Lattice {
  const parts = 2 ** level;
  return { columns: columns * parts, rows: rows * parts, cellSize: cellSize / parts, left, bottom };
}

/** The cell size at which (width / size + 1) * (height / size + 1), no less than the cells needed, is `MOST_CELLS`. */
function leastCellSize(width: number, height: number): number {
  const half = width + height;
  return (half + Math.sqrt(half * half + 4 * width * height * (MOST_CELLS - 1))) / (2 * (MOST_CELLS - 1));
}

function boundsOf(positions: Float32Array): readonly [number, number, number, number] {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  let top = Number.NEGATIVE_INFINITY;
  for (let place = 0; place + 1 < positions.length; place += 2) {
    const x = positions[place] ?? Number.NaN;
    const y = positions[place + 1] ?? Number.NaN;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  return [left, right, bottom, top];
}

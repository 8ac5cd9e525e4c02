/** Cells along the longest side of the cloud. */
const CELLS = 24;

/**
 * How many rows lie around each row, as a place from 0 (fewest) to 1 (most) on a logarithmic scale: what colours a map
 * in space that has no labels. Counted in a grid of cubes, 24 along the longest side, each with its 26 neighbours. Rows without a place count nowhere.
 *
 * @param positions `x, y, z` of every row, interleaved.
 */
export function spaceDensity(positions: Float32Array): Float32Array<ArrayBuffer> {
  const rows = Math.floor(positions.length / 3);
  const { origin, cell } = spanOf(positions);
  // One empty cell all around spares the neighbours' bounds checks.
  const side = CELLS + 3;
  const counts = new Uint32Array(side ** 3);
  const cells = new Uint32Array(rows);
  const along = (row: number, axis: number): number =>
    1 + Math.floor(((positions[3 * row + axis] ?? 0) - (origin[axis] ?? 0)) / cell);
  for (let row = 0; row < rows; row++) {
    const place = (along(row, 2) * side + along(row, 1)) * side + along(row, 0);
    if (!Number.isFinite(place)) continue;
    cells[row] = place;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const around = sumNeighbors(counts, side);
  const densities = Float32Array.from(cells, (place) => Math.log(around[place] || 1));
  const low = densities.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = densities.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return densities.map((value) => (high > low ? (value - low) / (high - low) : 0));
}

function spanOf(positions: Float32Array): { readonly origin: readonly number[]; readonly cell: number } {
  const origin = new Array<number>(3).fill(Number.POSITIVE_INFINITY);
  const end = new Array<number>(3).fill(Number.NEGATIVE_INFINITY);
  for (let place = 0; place < positions.length; place++) {
    const value = positions[place] ?? Number.NaN;
    const axis = place % 3;
    if (value < (origin[axis] ?? 0)) origin[axis] = value;
    if (value > (end[axis] ?? 0)) end[axis] = value;
  }
  const longest = Math.max(...end.map((value, axis) => value - (origin[axis] ?? 0)));
  return { origin, cell: longest / CELLS || 1 };
}

/** Each cell with those that touch it, one axis after another. */
function sumNeighbors(counts: Uint32Array, side: number): Uint32Array {
  let sums = counts;
  for (const step of [1, side, side * side])
    sums = sums.map((own, place, all) => own + (all[place - step] ?? 0) + (all[place + step] ?? 0));
  return sums;
}

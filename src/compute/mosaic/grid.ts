import type { Job } from "../job.ts";
import type { Matrix } from "../matrix.ts";
import { Pace } from "../runtime/pace.ts";
import { chooseTileBy } from "./choose-tile.ts";
import { expandReach, expandTiles } from "./expand-tiles.ts";
import { type GridOptions, validateGridOptions } from "./grid-options.ts";
import { columnOf, type Lattice, rowOf, spanLattice } from "./lattice.ts";

/** Points by cell: cell `c` holds `members[starts[c]]` to `members[starts[c + 1] - 1]`. */
export interface Cells {
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly members: Int32Array<ArrayBuffer>;
}

/** A map cut into cells; cell `c` lies in row `floor(c / columns)` and column `c % columns`. */
export interface MosaicGrid extends Lattice, Cells {
  /** The cell of each point; -1 where a point has no finite place. */
  readonly cellOf: Int32Array<ArrayBuffer>;
  /** `columns * rows + 1` numbers. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** Points by cell, ascending in each; those without a place are left out. */
  readonly members: Int32Array<ArrayBuffer>;
  /** The tile that stands for each cell, -1 where none does. */
  readonly shown: Int32Array<ArrayBuffer>;
  /** How many points have no finite place and are in no cell. */
  readonly unplaced: number;
}

const CHUNK = 1 << 17;
const nowhere: Lattice = { columns: 0, rows: 0, cellSize: 1, left: 0, bottom: 0 };

/**
 * Sort the tiles of a map into cells and choose the one that stands for each, after Slideflow 3's
 * `Mosaic.generate_grid`. Where that goes wrong, this does not:
 *
 * - its column edges come from `numpy.arange` with a step that is not whole, which gives one edge too many for one in
 *   sixteen ranges at 50 columns, and the rightmost tile a column outside the grid; here it is in the last one;
 * - its rows are stretched over the height while centres and tiles are laid out in squares; here rows are squares;
 * - tiles all below each other are an error; here they are one column of `numTilesX` cells.
 *
 * Point 0 is drawn, tiles stand upright and cells have their place on the map: that is for who draws the grid.
 *
 * @param positions `x, y` of every tile, interleaved; up to 10 million.
 * @param tileMeta A row of numbers for each tile, for "centroid".
 * @throws An "input" error for options without a meaning or a `tileMeta` that does not fit.
 */
export async function generateGrid(
  positions: Float32Array,
  options: GridOptions,
  tileMeta: Matrix | null = null,
  job: Job = {},
): Promise<MosaicGrid> {
  validateGridOptions(options);
  const chooseTile = chooseTileBy(positions, options, tileMeta);
  const pace = new Pace(job.signal);
  const lattice = spanLattice(positions, options.numTilesX) ?? nowhere;
  const sorted = { ...lattice, ...(await sortIntoCells(positions, lattice, pace, job)) };
  if (options.expanded) return { ...sorted, shown: await expandTiles(positions, sorted, expandReach(options), pace) };

  const { starts, members } = sorted;
  const shown = new Int32Array(lattice.columns * lattice.rows).fill(-1);
  for (let cell = 0; cell < shown.length; cell++) {
    const from = starts[cell] ?? 0;
    const to = starts[cell + 1] ?? 0;
    if (to === from) continue;
    const x = lattice.left + ((cell % lattice.columns) + 0.5) * lattice.cellSize;
    const y = lattice.bottom + (Math.floor(cell / lattice.columns) + 0.5) * lattice.cellSize;
    shown[cell] = chooseTile(members, from, to, x, y, lattice.cellSize);
    if (!pace.isDue) continue;
    job.onProgress?.({ stage: "Choosing tiles", done: to, total: members.length, unit: "tiles" });
    await pace.check();
  }
  return { ...sorted, shown };
}

/** A counting sort in two passes. */
async function sortIntoCells(
  positions: Float32Array,
  lattice: Lattice,
  pace: Pace,
  job: Job,
): Promise<Pick<MosaicGrid, "cellOf" | "starts" | "members" | "unplaced">> {
  const count = positions.length >> 1;
  const cellOf = new Int32Array(count).fill(-1);
  const starts = new Uint32Array(lattice.columns * lattice.rows + 1);
  const tell = (done: number) =>
    job.onProgress?.({ stage: "Sorting tiles into cells", done: done / 2, total: count, unit: "tiles" });
  for (let from = 0; from < count; from += CHUNK) {
    for (let point = from; point < Math.min(count, from + CHUNK); point++) {
      const x = positions[2 * point] ?? Number.NaN;
      const y = positions[2 * point + 1] ?? Number.NaN;
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      const cell = rowOf(lattice, y) * lattice.columns + columnOf(lattice, x);
      cellOf[point] = cell;
      starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
    }
    tell(from);
    await pace.check();
  }
  for (let cell = 1; cell < starts.length; cell++) starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);

  const members = new Int32Array(starts[starts.length - 1] ?? 0);
  const next = starts.slice();
  for (let from = 0; from < count; from += CHUNK) {
    for (let point = from; point < Math.min(count, from + CHUNK); point++) {
      const cell = cellOf[point] ?? -1;
      if (cell < 0) continue;
      const place = next[cell] ?? 0;
      members[place] = point;
      next[cell] = place + 1;
    }
    tell(count + from);
    await pace.check();
  }
  return { cellOf, starts, members, unplaced: count - members.length };
}

import type { Job } from "../job.ts";
import { Pace } from "../runtime/pace.ts";
import type { MosaicGrid } from "./grid.ts";
import { columnOf, type Lattice, refineLattice, rowOf } from "./lattice.ts";

/**
 * Every finer grid of a map at once: the points of each cell in Z-order (Morton 1966), so that the points of any part
 * of it, down to 1/65,536 of its side, lie next to each other. 8 bytes a point, whatever the level.
 */
export interface CellTree extends Lattice {
  /** Cell `c` of the coarse grid holds `order[starts[c]]` to `order[starts[c + 1] - 1]`. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** Points by cell, then by code, then by number. */
  readonly order: Int32Array<ArrayBuffer>;
  /** The Z-order code of each point in `order`: its place in the cell, 16 bits across and 16 up, x in the even bits. */
  readonly codes: Uint32Array<ArrayBuffer>;
  /** The finest level there is, 16 or as many as leave fewer than 2³⁰ columns and rows. */
  readonly levels: number;
}

const BITS = 16;
const RADIX = 1 << BITS;

/** Sort the points of each cell into Z-order: a radix sort over all points, then one by cell. */
export async function buildCellTree(grid: MosaicGrid, positions: Float32Array, job: Job = {}): Promise<CellTree> {
  const { columns, rows, cellSize, left, bottom, starts, cellOf, members } = grid;
  const pace = new Pace(job.signal);
  const tell = async (done: number) => {
    job.onProgress?.({ stage: "Sorting tiles for zooming", done, total: 4, unit: "passes" });
    await pace.check();
  };
  const codeOf = new Uint32Array(positions.length >> 1);
  const fine = refineLattice(grid, BITS);
  for (const point of members) {
    const cell = cellOf[point] ?? 0;
    const x = columnOf(fine, positions[2 * point] ?? 0) - (cell % columns) * RADIX;
    const y = rowOf(fine, positions[2 * point + 1] ?? 0) - Math.floor(cell / columns) * RADIX;
    codeOf[point] = interleave(x, y);
  }
  await tell(1);
  const placed = Int32Array.from(cellOf.keys()).filter((point) => cellOf[point] !== -1);
  const byLow = sortBy(placed, (point) => (codeOf[point] ?? 0) & (RADIX - 1));
  await tell(2);
  const byCode = sortBy(byLow, (point) => (codeOf[point] ?? 0) >>> BITS);
  await tell(3);
  const order = new Int32Array(members.length);
  const next = starts.slice();
  for (const point of byCode) {
    const cell = cellOf[point] ?? 0;
    const place = next[cell] ?? 0;
    order[place] = point;
    next[cell] = place + 1;
  }
  await tell(4);
  const codes = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) codes[place] = codeOf[order[place] ?? 0] ?? 0;
  const levels = Math.min(BITS, Math.floor(Math.log2(2 ** 30 / Math.max(1, columns, rows))));
  return { columns, rows, cellSize, left, bottom, starts, order, codes, levels };
}

/** The Z-order code of a place in a cell; x and y have 16 bits. */
export function interleave(x: number, y: number): number {
  return (spread(x) | (spread(y) << 1)) >>> 0;
}

/** Put a 0 before each of 16 bits (Warren, Hacker's Delight, 7-2). */
function spread(bits: number): number {
  let wide = (bits | (bits << 8)) & 0x00ff00ff;
  wide = (wide | (wide << 4)) & 0x0f0f0f0f;
  wide = (wide | (wide << 2)) & 0x33333333;
  return (wide | (wide << 1)) & 0x55555555;
}

/** A stable counting sort by a key of 16 bits. */
function sortBy(points: Int32Array, keyOf: (point: number) => number): Int32Array<ArrayBuffer> {
  const starts = new Uint32Array(RADIX + 1);
  for (const point of points) {
    const key = keyOf(point);
    starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  }
  for (let key = 1; key <= RADIX; key++) starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0);
  const sorted = new Int32Array(points.length);
  for (const point of points) {
    const key = keyOf(point);
    const place = starts[key] ?? 0;
    sorted[place] = point;
    starts[key] = place + 1;
  }
  return sorted;
}

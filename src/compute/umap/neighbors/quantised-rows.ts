import type { Pace } from "../../runtime/pace.ts";
import type { StoredPoints } from "../stored-points.ts";
import { orderRows } from "./row-order.ts";
import { type Turn, turnToVariance } from "./turn.ts";

/** Two rows this long, opposite each other, are 2^31 apart, squared: the most that 32 bits hold. */
const LONGEST = 23_170;
/** Rows longer than this many medians would take the others' precision. */
const FAR_MEDIANS = 4;
/** But no more than this share of the rows. */
const FAR_SHARE = 0.01;
/** Columns are sorted by their variance in about this many rows. */
const VARIANCE_ROWS = 1_000;
const CHUNK_NUMBERS = 1 << 19;

/** Rows rounded to 16 bits, in an order where near ones mostly stand together. Addresses are the arena's. */
export interface QuantisedRows {
  /** Rows in the order; the others are `far`. */
  readonly count: number;
  /** `count`, rounded up to whole blocks of the search. */
  readonly padded: number;
  /** Row number of each place. */
  readonly order: number;
  /** Whole numbers a row: the columns, rounded up to a multiple of 8. */
  readonly width: number;
  readonly panels: number;
  /** Squared lengths. */
  readonly lengths: number;
  /** What the centred rows were multiplied by. */
  readonly scale: number;
  /** How far rounding moved each row. */
  readonly errors: number;
  readonly largestError: number;
  /** Numbers of the rows that are too long. */
  readonly far: Int32Array;
  /** Lengths of all centred rows, by row number. */
  readonly rowLengths: number;
}

/** @param block Rows that the search takes together, a multiple of 8. */
export async function quantise(points: StoredPoints, block: number, pace: Pace): Promise<QuantisedRows> {
  const { arena, address, rows, width, mean } = points;
  const rowLengths = arena.allocate(rows * 4);
  const chunk = Math.max(8, Math.floor(CHUNK_NUMBERS / width) & ~7);
  for (let from = 0; from < rows; from += chunk) {
    arena.kernels.measureLengths(address, width, mean, from, Math.min(rows, from + chunk), rowLengths);
    await pace.check();
  }
  const lengthOf = arena.floats(rowLengths, rows).slice();
  const longest = longestQuantised(lengthOf);
  const near = new Int32Array(rows);
  const far: number[] = [];
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if ((lengthOf[row] ?? 0) <= longest) near[count++] = row;
    else far.push(row);
  }
  const ordered = near.subarray(0, count);
  await orderRows(points, ordered, pace);

  const wide = (width + 7) & ~7;
  const turn = await turnToVariance(points, pace);
  const columns = sortColumns(points, turn);
  const padded = Math.ceil(count / block) * block;
  const columnsAt = arena.allocate(width * 4);
  const order = arena.allocate(padded * 4);
  const lengths = arena.allocate(padded * 4);
  const errors = arena.allocate(padded * 4);
  const panels = arena.allocate(padded * wide * 2);
  arena.ints(columnsAt, width).set(columns);
  arena.ints(order, count).set(ordered);
  // Rounding lengthens a row by half a diagonal of the grid at most.
  const scale = longest > 0 ? (LONGEST - Math.ceil(Math.sqrt(width) / 2) - 1) / longest : 1;
  for (let from = 0; from < padded; from += chunk) {
    const to = Math.min(padded, from + chunk);
    arena.kernels.quantiseRows(
      address,
      width,
      mean,
      turn.reflections,
      turn.mirrors,
      turn.triangle,
      turn.turned,
      scale,
      order,
      count,
      from,
      to,
      columnsAt,
      wide,
      panels,
      lengths,
      errors,
    );
    await pace.check();
  }
  let largestError = 0;
  for (const error of arena.floats(errors, count)) largestError = Math.max(largestError, error);
  return {
    count,
    padded,
    order,
    width: wide,
    panels,
    lengths,
    scale,
    errors,
    largestError,
    far: Int32Array.from(far),
    rowLengths,
  };
}

/** The length up to which rows are quantised; a little more than that of the longest of them. */
function longestQuantised(lengths: Float32Array): number {
  const sorted = lengths.slice().sort();
  const last = sorted.length - 1;
  const usual = FAR_MEDIANS * (sorted[last >> 1] ?? 0);
  const most = sorted[Math.floor(last * (1 - FAR_SHARE))] ?? 0;
  return Math.min(sorted[last] ?? 0, Math.max(usual, most)) * (1 + 1e-6);
}

/** Turned columns by falling variance. */
function sortColumns({ arena, address, rows, width, mean }: StoredPoints, turn: Turn): Int32Array {
  const sums = arena.allocate(width * 8);
  const { reflections, mirrors, triangle, turned } = turn;
  const step = Math.max(1, Math.floor(rows / VARIANCE_ROWS));
  arena.kernels.addTurnedSquares(address, width, mean, reflections, mirrors, triangle, 0, rows, step, turned, sums);
  const variances = arena.doubles(sums, width).slice();
  return Int32Array.from(variances.keys()).sort((a, b) => (variances[b] ?? 0) - (variances[a] ?? 0) || a - b);
}

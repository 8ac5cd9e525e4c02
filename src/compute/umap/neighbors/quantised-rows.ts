import type { Pace } from "../../runtime/pace.ts";
import type { StoredPoints } from "../stored-points.ts";
import { orderRows } from "./row-order.ts";
import { type FoundTurn, storeTurn, type Turn, turnToVariance } from "./turn.ts";

/** Two rows this long, opposite each other, are 2^31 apart, squared: the most that 32 bits hold. */
const LONGEST = 23_170;
/** Rows longer than this many medians would take the others' precision. */
const FAR_MEDIANS = 4;
/** But no more than this share of the rows. */
const FAR_SHARE = 0.01;
/** Columns are sorted by their variance in about this many rows. */
const VARIANCE_ROWS = 1_000;
const CHUNK_NUMBERS = 1 << 19;

/** In what order rows are rounded to 16 bits, and how large; survives cloning. */
export interface PlacesPlan {
  /** Row numbers, near ones mostly together; the others are `far`. */
  readonly order: Int32Array<ArrayBuffer>;
  /** What the centred rows are multiplied by. */
  readonly scale: number;
  /** Numbers of the rows that are too long. */
  readonly far: Int32Array<ArrayBuffer>;
  /** Lengths of all centred rows, by row number. */
  readonly rowLengths: Float32Array<ArrayBuffer>;
}

/** How their columns are turned, and in what order they come; survives cloning. */
export interface ColumnsPlan {
  readonly turn: FoundTurn;
  /** Turned columns by falling variance. */
  readonly columns: Int32Array<ArrayBuffer>;
}

/** What is decided before rows are rounded; the two halves need nothing of each other. */
export interface QuantisingPlan {
  readonly places: PlacesPlan;
  readonly columns: ColumnsPlan;
  /** Rows of the search that are taken together, a multiple of 8. */
  readonly block: number;
}

export async function planPlaces(points: StoredPoints, pace: Pace): Promise<PlacesPlan> {
  const { arena, address, rows, width, mean } = points;
  const lengthsAt = arena.allocate(rows * 4);
  const chunk = rowsAtOnce(width);
  for (let from = 0; from < rows; from += chunk) {
    arena.kernels.measureLengths(address, width, mean, from, Math.min(rows, from + chunk), lengthsAt);
    await pace.check();
  }
  const rowLengths = arena.floats(lengthsAt, rows).slice();
  const longest = longestQuantised(rowLengths);
  const near = new Int32Array(rows);
  const far: number[] = [];
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if ((rowLengths[row] ?? 0) <= longest) near[count++] = row;
    else far.push(row);
  }
  const order = near.slice(0, count);
  await orderRows(points, order, pace);
  // Rounding lengthens a row by half a diagonal of the grid at most.
  const scale = longest > 0 ? (LONGEST - Math.ceil(Math.sqrt(width) / 2) - 1) / longest : 1;
  return { order, scale, far: Int32Array.from(far), rowLengths };
}

export async function planColumns(points: StoredPoints, pace: Pace): Promise<ColumnsPlan> {
  const turn = await turnToVariance(points, pace);
  return { turn, columns: sortColumns(points, storeTurn(points.arena, points.width, turn)) };
}

/** Some rows as whole numbers, out of the kernels' memory: whole blocks of places, from `from` on. */
export interface QuantisedPart {
  readonly from: number;
  readonly panels: Int16Array<ArrayBuffer>;
  readonly lengths: Int32Array<ArrayBuffer>;
  readonly errors: Float32Array<ArrayBuffer>;
}

/** Rows rounded to 16 bits as they were planned. Addresses are the arena's. */
export class QuantisedRows {
  /** Rows of the search that are taken together. */
  readonly block: number;
  /** Rows in the order. */
  readonly count: number;
  /** `count`, rounded up to whole blocks. */
  readonly padded: number;
  /** Whole numbers a row: the columns, rounded up to a multiple of 8. */
  readonly width: number;
  /** What the centred rows are multiplied by. */
  readonly scale: number;
  /** Row number of each place. */
  readonly order: number;
  readonly panels: number;
  /** Squared lengths. */
  readonly lengths: number;
  /** How far rounding moved each row. */
  readonly errors: number;
  readonly #columns: number;
  readonly #turn: Turn;

  /** Room for the rows; none is rounded yet. */
  constructor(
    readonly points: StoredPoints,
    plan: QuantisingPlan,
  ) {
    const { arena, width } = points;
    const { places, columns, block } = plan;
    const { order, scale } = places;
    const padded = Math.ceil(order.length / block) * block;
    this.block = block;
    this.count = order.length;
    this.padded = padded;
    this.width = (width + 7) & ~7;
    this.scale = scale;
    this.#turn = storeTurn(arena, width, columns.turn);
    this.#columns = arena.allocate(width * 4);
    this.order = arena.allocate(padded * 4);
    this.lengths = arena.allocate(padded * 4);
    this.errors = arena.allocate(padded * 4);
    this.panels = arena.allocate(padded * this.width * 2);
    arena.ints(this.#columns, width).set(columns.columns);
    arena.ints(this.order, this.count).set(order);
  }

  /** How far rounding moved any row, once all are rounded. */
  get largestError(): number {
    let largest = 0;
    for (const error of this.points.arena.floats(this.errors, this.count)) largest = Math.max(largest, error);
    return largest;
  }

  /** Round the rows of places `start` to `end - 1`, multiples of 8. */
  async round(start: number, end: number, pace: Pace): Promise<void> {
    const { arena, address, width, mean } = this.points;
    const { reflections, mirrors, triangle, turned } = this.#turn;
    const chunk = rowsAtOnce(width);
    for (let from = start; from < end; from += chunk) {
      arena.kernels.quantiseRows(
        address,
        width,
        mean,
        reflections,
        mirrors,
        triangle,
        turned,
        this.scale,
        this.order,
        this.count,
        from,
        Math.min(end, from + chunk),
        this.#columns,
        this.width,
        this.panels,
        this.lengths,
        this.errors,
      );
      await pace.check();
    }
  }

  /** The rows of places `from` to `to - 1`, multiples of 8; a copy. */
  part(from: number, to: number): QuantisedPart {
    const { arena } = this.points;
    return {
      from,
      panels: arena.shorts(this.panels + from * this.width * 2, (to - from) * this.width).slice(),
      lengths: arena.ints(this.lengths + from * 4, to - from).slice(),
      errors: arena.floats(this.errors + from * 4, to - from).slice(),
    };
  }

  /** Take over what was rounded elsewhere. */
  take({ from, panels, lengths, errors }: QuantisedPart): void {
    const { arena } = this.points;
    arena.shorts(this.panels + from * this.width * 2, panels.length).set(panels);
    arena.ints(this.lengths + from * 4, lengths.length).set(lengths);
    arena.floats(this.errors + from * 4, errors.length).set(errors);
  }
}

function rowsAtOnce(width: number): number {
  return Math.max(8, Math.floor(CHUNK_NUMBERS / width) & ~7);
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
function sortColumns({ arena, address, rows, width, mean }: StoredPoints, turn: Turn): Int32Array<ArrayBuffer> {
  const sums = arena.allocate(width * 8);
  const { reflections, mirrors, triangle, turned } = turn;
  const step = Math.max(1, Math.floor(rows / VARIANCE_ROWS));
  arena.kernels.addTurnedSquares(address, width, mean, reflections, mirrors, triangle, 0, rows, step, turned, sums);
  const variances = arena.doubles(sums, width).slice();
  return Int32Array.from(variances.keys()).sort((a, b) => (variances[b] ?? 0) - (variances[a] ?? 0) || a - b);
}

import type { GroupedRows } from "../grouped-rows.ts";
import type { KernelMemory } from "../kernel-memory.ts";

/** One unit's values and their order, by where they lie in the kernels' memory. */
export interface SortedColumn {
  /** A float a row; not a number where the row has no group. */
  readonly values: number;
  /** `count` row numbers, least value first: those that have a group and a finite value. */
  readonly order: number;
  /** The place of each row in `order`; -1: it has none. */
  readonly ranks: number;
  readonly count: number;
}

const MOST_BYTES = 192 * 2 ** 20;
const LEAST_KEPT = 6;
const BYTES_A_ROW = 12;
const RADIX_COUNTS = 3 * 2048;

/**
 * Units' values, sorted when first asked for: twelve bytes a row. The longest unused ones go beyond 192 MB, but six stay.
 */
export class SortedColumns {
  /** Room for three numbers a row, of no meaning from one call of a kernel to the next. */
  readonly scratch: readonly [number, number, number];
  readonly #counts: number;
  readonly #sorted = new Map<number, SortedColumn>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly rows: GroupedRows,
  ) {
    const bytes = 4 * rows.values.rows;
    this.scratch = [memory.allocate(bytes), memory.allocate(bytes), memory.allocate(bytes)];
    this.#counts = memory.allocate(4 * RADIX_COUNTS);
  }

  /** Makes room for a column, so that views of the memory taken before are void. */
  of(unit: number): SortedColumn {
    const column = this.#sorted.get(unit) ?? this.#sort(unit, this.#takePlace());
    this.#sorted.delete(unit);
    this.#sorted.set(unit, column);
    return column;
  }

  #takePlace(): Omit<SortedColumn, "count"> {
    const size = this.rows.values.rows;
    const [oldest] = this.#sorted;
    if (oldest && this.#sorted.size >= Math.max(LEAST_KEPT, Math.floor(MOST_BYTES / (BYTES_A_ROW * size)))) {
      this.#sorted.delete(oldest[0]);
      return oldest[1];
    }
    const place = () => this.memory.allocate(4 * size);
    return { values: place(), order: place(), ranks: place() };
  }

  #sort(unit: number, { values, order, ranks }: Omit<SortedColumn, "count">): SortedColumn {
    const { data, rows, columns } = this.rows.values;
    const { codes } = this.rows.groups;
    const column = this.memory.floats(values, rows);
    for (let row = 0; row < rows; row++)
      column[row] = (codes[row] ?? -1) < 0 ? Number.NaN : (data[row * columns + unit] ?? Number.NaN);
    const count = this.memory.kernels.sortValues(values, rows, order, ranks, ...this.scratch, this.#counts);
    return { values, order, ranks, count };
  }
}

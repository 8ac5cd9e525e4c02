import { addRow, type RowMask } from "../../selection/row-mask.ts";
import type { GroupedRows } from "../grouped-rows.ts";
import { KernelMemory } from "../kernel-memory.ts";
import { PickedValues } from "./picked-values.ts";
import type { SlideSums } from "./slide-numbers.ts";
import { type SortedColumn, SortedColumns } from "./sorted-columns.ts";

/** Row numbers, ascending, in the kernels' memory. */
export interface RowList {
  readonly address: number;
  readonly count: number;
}

/** What is added up for each slide: its tiles' values, or 1 for each above a bound. */
export interface SlideSumRule {
  readonly share: boolean;
  /** Taken in single precision, as the values are. */
  readonly bound: number;
}

/** Picks rows of one data set out of units' sorted values. */
export class RowPicker {
  /** The rows of each group. */
  readonly groups: readonly RowList[];
  readonly #columns: SortedColumns;
  readonly #slides: number;
  readonly #slots: number;
  /** Bits of the rows that have a group; of a selection; of the ranks picked, and how many come before. */
  readonly #grouped: number;
  readonly #mask: number;
  readonly #bits: number;
  readonly #before: number;
  readonly #selected: number;
  readonly #tiles: number;
  readonly #sums: number;
  #listed: { readonly mask: RowMask; readonly rows: RowList } | null = null;

  private constructor(
    private readonly memory: KernelMemory,
    private readonly rows: GroupedRows,
  ) {
    const size = rows.groups.codes.length;
    const count = rows.slides?.count ?? 0;
    this.#columns = new SortedColumns(memory, rows);
    // Rows of no slide count for one more behind the last.
    this.#slots = count + 1;
    this.#slides = rows.slides ? memory.allocate(4 * size) : 0;
    if (rows.slides) memory.ints(this.#slides, size).set(rows.slides.codes.map((code) => (code < 0 ? count : code)));
    const bitBytes = 4 * Math.ceil(size / 32);
    this.#grouped = memory.allocate(bitBytes);
    this.#mask = memory.allocate(bitBytes);
    this.#bits = memory.allocate(bitBytes);
    this.#before = memory.allocate(bitBytes);
    this.#selected = memory.allocate(4 * size);
    this.#tiles = memory.allocate(4 * this.#slots);
    this.#sums = memory.allocate(8 * this.#slots);
    this.groups = this.#listGroups(bitBytes);
  }

  static async create(rows: GroupedRows): Promise<RowPicker> {
    return new RowPicker(await KernelMemory.create(), rows);
  }

  /** Least and greatest value of a unit, or null where it has none. */
  rangeOf(unit: number): readonly [number, number] | null {
    const column = this.#columns.of(unit);
    if (column.count === 0) return null;
    const { values, order } = this.#viewsOf(column);
    return [values[order[0] ?? 0] ?? 0, values[order[column.count - 1] ?? 0] ?? 0];
  }

  /** The rows of a mask that have a group; the list lasts until that of another mask is made. */
  listRows(mask: RowMask): RowList {
    if (this.#listed?.mask === mask) return this.#listed.rows;
    this.memory.bytes(this.#mask, mask.length).set(mask);
    const count = this.memory.kernels.listRows(this.#mask, this.#grouped, mask.length, this.#selected);
    this.#listed = { mask, rows: { address: this.#selected, count } };
    return this.#listed.rows;
  }

  /** What is picked lasts until the next pick. */
  pick(
    unit: number,
    list: RowList,
    { share, bound }: SlideSumRule,
  ): { readonly values: PickedValues; readonly ofSlides: SlideSums } {
    const { memory } = this;
    const column = this.#columns.of(unit);
    const words = Math.ceil(column.count / 32);
    const [tiles, sums] = [memory.ints(this.#tiles, this.#slots), memory.doubles(this.#sums, this.#slots)];
    const [bits, before] = [memory.ints(this.#bits, words), memory.ints(this.#before, words)];
    for (const numbers of [tiles, sums, bits]) numbers.fill(0);
    const [valuesAt, rowsAt] = this.#columns.scratch;
    const count = memory.kernels.pickRows(
      list.address,
      list.count,
      column.values,
      column.ranks,
      this.#slides,
      Number(share),
      bound,
      this.#bits,
      valuesAt,
      rowsAt,
      this.#tiles,
      this.#sums,
    );
    memory.kernels.countBefore(this.#bits, words, this.#before);
    const { values, order } = this.#viewsOf(column);
    const [picked, rows] = [memory.floats(valuesAt, count), memory.ints(rowsAt, count)];
    return {
      values: new PickedValues({ values: picked, rows, bits, before, column: values, order }),
      ofSlides: { tiles, sums },
    };
  }

  #viewsOf({ values, order, count }: SortedColumn): { readonly values: Float32Array; readonly order: Int32Array } {
    return { values: this.memory.floats(values, this.rows.values.rows), order: this.memory.ints(order, count) };
  }

  #listGroups(bitBytes: number): RowList[] {
    const { codes, count } = this.rows.groups;
    const sizes = new Int32Array(count);
    for (const code of codes) if (code >= 0) sizes[code] = (sizes[code] ?? 0) + 1;
    const lists = Array.from(sizes, (size) => ({ address: this.memory.allocate(4 * size), count: size }));
    const members = lists.map((list) => this.memory.ints(list.address, list.count));
    const grouped = this.memory.bytes(this.#grouped, bitBytes);
    const filled = new Int32Array(count);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] ?? -1;
      const own = members[code];
      if (!own) continue;
      const place = filled[code] ?? 0;
      own[place] = row;
      filled[code] = place + 1;
      addRow(grouped, row);
    }
    return lists;
  }
}

import type { AscendingValues } from "./ascending-values.ts";
import type { SortedColumn } from "./sorted-column.ts";

const WORD_BITS = 32;

/**
 * Some rows' values of a sorted column, in the order that all rows have: one bit a rank and a count every 32 of them, so
 * that nothing is sorted again.
 */
export class PickedValues implements AscendingValues {
  readonly length: number;
  /** In the order of the rows, finite ones alone. */
  readonly values: Float32Array<ArrayBuffer>;
  /** The rows of `values`. */
  readonly rows: Int32Array<ArrayBuffer>;
  readonly #column: SortedColumn;
  readonly #bits: Uint32Array;
  /** How many bits are set before each word. */
  readonly #before: Int32Array;

  /** @param rows Ascending; those that the column leaves out are left out. */
  constructor(column: SortedColumn, rows: Int32Array) {
    const bits = new Int32Array(Math.ceil(column.order.length / WORD_BITS));
    const values = new Float32Array(rows.length);
    const kept = new Int32Array(rows.length);
    let length = 0;
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place] ?? 0;
      const rank = column.ranks[row] ?? -1;
      if (rank < 0) continue;
      values[length] = column.values[row] ?? 0;
      kept[length++] = row;
      const word = rank >>> 5;
      bits[word] = (bits[word] ?? 0) | (1 << (rank & 31));
    }
    this.length = length;
    this.values = values.subarray(0, length);
    this.rows = kept.subarray(0, length);
    this.#column = column;
    this.#bits = new Uint32Array(bits.buffer);
    this.#before = countBefore(bits);
  }

  valueAt(place: number): number {
    return this.#column.values[this.ownerAt(place)] ?? Number.NaN;
  }

  ownerAt(place: number): number {
    return this.#column.order[this.#rankAt(place)] ?? -1;
  }

  #rankAt(place: number): number {
    let word = 0;
    let after = this.#before.length;
    while (after - word > 1) {
      const middle = (word + after) >> 1;
      if ((this.#before[middle] ?? 0) <= place) word = middle;
      else after = middle;
    }
    let bits = this.#bits[word] ?? 0;
    for (let skip = place - (this.#before[word] ?? 0); skip > 0; skip--) bits &= bits - 1;
    return word * WORD_BITS + 31 - Math.clz32(bits & -bits);
  }
}

function countBefore(bits: Int32Array): Int32Array {
  const before = new Int32Array(bits.length);
  let count = 0;
  for (let word = 0; word < bits.length; word++) {
    before[word] = count;
    count += countBits(bits[word] ?? 0);
  }
  return before;
}

/** Ones among 32 bits (Warren, Hacker's Delight, 5-1). */
function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f;
  return Math.imul(bits, 0x01010101) >>> 24;
}

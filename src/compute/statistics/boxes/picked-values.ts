import type { AscendingValues } from "./ascending-values.ts";

/** Views of the kernels' memory after a pick. */
export interface Pick {
  /** In the order of the rows, and which rows they are. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly rows: Int32Array<ArrayBuffer>;
  /** One bit a rank, and how many are set before each 32 of them. */
  readonly bits: Int32Array;
  readonly before: Int32Array;
  /** All values of the unit, and the rows by rank. */
  readonly column: Float32Array;
  readonly order: Int32Array;
}

const WORD_BITS = 32;

/** Some rows' values of a sorted column: the order that all rows have gives them theirs, and nothing is sorted again. */
export class PickedValues implements AscendingValues {
  constructor(private readonly picked: Pick) {}

  get length(): number {
    return this.picked.values.length;
  }

  /** In the order of the rows. */
  get values(): Float32Array<ArrayBuffer> {
    return this.picked.values;
  }

  /** The row of each of `values`. */
  get rows(): Int32Array<ArrayBuffer> {
    return this.picked.rows;
  }

  valueAt(place: number): number {
    return this.picked.column[this.ownerAt(place)] ?? Number.NaN;
  }

  ownerAt(place: number): number {
    return this.picked.order[this.#rankAt(place)] ?? -1;
  }

  #rankAt(place: number): number {
    const { bits, before } = this.picked;
    let word = 0;
    let after = before.length;
    while (after - word > 1) {
      const middle = (word + after) >> 1;
      if ((before[middle] ?? 0) <= place) word = middle;
      else after = middle;
    }
    let left = bits[word] ?? 0;
    for (let skip = place - (before[word] ?? 0); skip > 0; skip--) left &= left - 1;
    return word * WORD_BITS + 31 - Math.clz32(left & -left);
  }
}

import { ascendingOrder } from "./ascending-order.ts";
import type { GroupedRows } from "./grouped-rows.ts";

/** One unit's values and their order: twelve bytes a row. */
export interface SortedColumn {
  /** One a row; not a number where the row has no group. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Rows that have a group and a finite value, least value first. */
  readonly order: Int32Array<ArrayBuffer>;
  /** The place of each row in `order`; -1: it has none. */
  readonly ranks: Int32Array<ArrayBuffer>;
}

export function sortColumn({ values: { data, rows, columns }, groups }: GroupedRows, unit: number): SortedColumn {
  const values = new Float32Array(rows);
  for (let row = 0; row < rows; row++)
    values[row] = (groups.codes[row] ?? -1) < 0 ? Number.NaN : (data[row * columns + unit] ?? Number.NaN);
  const order = ascendingOrder(values);
  const ranks = new Int32Array(rows).fill(-1);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank] ?? 0] = rank;
  return { values, order, ranks };
}

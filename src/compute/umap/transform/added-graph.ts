import type { FuzzyGraph } from "../graph/fuzzy-graph.ts";
import type { NeighborGraph } from "../options.ts";

/**
 * What draws the rows added to a map: their neighbours among old and new rows. Between two new rows both directions
 * are made one, as in a whole map; old rows are drawn by nothing and have no entries.
 *
 * @param neighbors Of the new rows alone, in order; row numbers count the old ones first.
 * @param weights Strengths of the neighbours.
 */
export function graphOfAdded(
  { k, indices }: NeighborGraph,
  weights: Float32Array,
  oldRows: number,
  mix: number,
): FuzzyGraph {
  const added = indices.length / k;
  const rows = oldRows + added;
  /** For each new row its entries, there and back. */
  const entries = Array.from({ length: added }, () => new Map<number, { there: number; back: number }>());
  const entryOf = (row: number, column: number) => {
    const own = entries[row] ?? new Map<number, { there: number; back: number }>();
    const entry = own.get(column) ?? { there: 0, back: 0 };
    own.set(column, entry);
    return entry;
  };
  for (let row = 0; row < added; row++)
    for (let place = row * k; place < (row + 1) * k; place++) {
      const column = indices[place] ?? 0;
      const weight = weights[place] ?? 0;
      entryOf(row, column).there = weight;
      if (column >= oldRows) entryOf(column - oldRows, oldRows + row).back = weight;
    }
  const starts = new Int32Array(rows + 1);
  const columns: number[] = [];
  const united: number[] = [];
  for (const [row, own] of entries.entries()) {
    for (const [column, { there, back }] of [...own].sort(([a], [b]) => a - b)) {
      const both = mix * (there + back - there * back) + (1 - mix) * there * back;
      const weight = column < oldRows ? there : both;
      if (!(weight > 0)) continue;
      columns.push(column);
      united.push(weight);
    }
    starts[oldRows + row + 1] = columns.length;
  }
  return { rows, starts, columns: Int32Array.from(columns), weights: Float32Array.from(united) };
}

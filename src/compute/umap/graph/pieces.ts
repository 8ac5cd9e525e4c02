import type { FuzzyGraph } from "./fuzzy-graph.ts";

/** Connected pieces of a graph. */
export interface Pieces {
  readonly count: number;
  /** The piece of each row; pieces are numbered by their first row. */
  readonly of: Int32Array;
}

export function findPieces({ rows, starts, columns }: FuzzyGraph): Pieces {
  const of = new Int32Array(rows).fill(-1);
  const waiting = new Int32Array(rows);
  let count = 0;
  for (let first = 0; first < rows; first++) {
    if (of[first] !== -1) continue;
    let end = 0;
    waiting[end++] = first;
    of[first] = count;
    while (end > 0) {
      const row = waiting[--end] ?? 0;
      for (let place = starts[row] ?? 0; place < (starts[row + 1] ?? 0); place++) {
        const other = columns[place] ?? 0;
        if (of[other] !== -1) continue;
        of[other] = count;
        waiting[end++] = other;
      }
    }
    count++;
  }
  return { count, of };
}

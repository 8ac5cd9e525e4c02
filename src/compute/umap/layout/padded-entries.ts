import type { FuzzyGraph } from "../graph/fuzzy-graph.ts";

/** The kernel's unit of work: it lists the due entries of this many rows at a time. Calls begin at multiples of it. */
export const BLOCK_ROWS = 256;

/** Where the entries of rows `from` to `to - 1` lie once every row is padded to whole vectors. */
export interface PaddedStarts {
  /** `to - from + 1` numbers, the first of them 0. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** Numbers that a block's list of due entries takes at most. */
  readonly widest: number;
}

/** @param from A multiple of 256. */
export function padStarts({ starts }: FuzzyGraph, from: number, to: number): PaddedStarts {
  const padded = new Int32Array(to - from + 1);
  let widestRow = 0;
  for (let row = from; row < to; row++) {
    const entries = (starts[row + 1] ?? 0) - (starts[row] ?? 0);
    widestRow = Math.max(widestRow, entries);
    padded[row - from + 1] = (padded[row - from] ?? 0) + ((entries + 3) & ~3);
  }
  let widestBlock = 0;
  for (let row = 0; row < to - from; row += BLOCK_ROWS)
    widestBlock = Math.max(widestBlock, (padded[Math.min(to - from, row + BLOCK_ROWS)] ?? 0) - (padded[row] ?? 0));
  // A vector is read past a row's own list while others of its block go on.
  return { starts: padded, widest: widestBlock + widestRow + 8 };
}

/** Write the entries to their padded places, weights as shares of the strongest; the padding keeps its zeros. */
export function padEntries(
  graph: FuzzyGraph,
  strongest: number,
  from: number,
  { starts }: PaddedStarts,
  columns: Int32Array,
  shares: Float32Array,
): void {
  for (let row = 0; row < starts.length - 1; row++) {
    let to = starts[row] ?? 0;
    for (let place = graph.starts[from + row] ?? 0; place < (graph.starts[from + row + 1] ?? 0); place++) {
      columns[to] = graph.columns[place] ?? 0;
      shares[to++] = (graph.weights[place] ?? 0) / strongest;
    }
  }
}

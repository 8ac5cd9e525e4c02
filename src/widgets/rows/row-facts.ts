import { formatNumber } from "../theme/numbers.ts";
import { assignClassColors } from "../theme/palette.ts";
import type { Paint } from "./paint.ts";
import type { Loan, RowFacts as ToldFacts } from "./row-data.ts";

const BINS = 20;

/** What is known of a row beside its place: for the tooltip, the card, the table and the search. */
export interface RowFacts {
  name(row: number): string;
  /** undefined where rows have no classes. */
  classOf(row: number): { readonly name: string; readonly color: string | null } | undefined;
  values(row: number): readonly RowValue[];
}

export interface RowValue {
  readonly name: string;
  readonly text: string;
  readonly histogram: { readonly counts: ArrayLike<number>; readonly at: number };
}

interface Spread {
  readonly name: string;
  readonly values: Float32Array;
  readonly low: number;
  readonly high: number;
  readonly counts: Uint32Array;
}

/**
 * @param told By the caller: its classes are those of the rows, whatever colours them at the moment.
 * @param paint What the rows are drawn with.
 * @param loan What they can be coloured by in place of what the caller asked for.
 */
export function rowFacts({ details, coloring }: ToldFacts, paint: Paint, loan: Loan | null = null): RowFacts {
  const { names, columns } = details;
  const spreads = columns.map(({ name, values }) => spreadOf(name, values));
  if (coloring?.kind === "numbers") spreads.unshift(spreadOf("colour", coloring.values));
  if (loan?.coloring.kind === "numbers") spreads.unshift(spreadOf(loan.name, loan.coloring.values));
  const areLent = coloring?.kind === "categories" && paint.classColors.length === 0;
  const classColors = areLent ? assignClassColors(coloring.counts).colors : paint.classColors;
  return {
    name: (row) => names?.[row] || `row ${row.toLocaleString("en-US")}`,
    classOf(row) {
      if (coloring?.kind !== "categories") return undefined;
      const code = coloring.codes[row] ?? -1;
      const name = coloring.names[code];
      return name === undefined ? { name: "no label", color: null } : { name, color: classColors[code] ?? null };
    },
    values: (row) =>
      spreads.map(({ name, values, low, high, counts }) => {
        const value = values[row] ?? Number.NaN;
        const at = Number.isFinite(value) ? (value - low) / (high - low || 1) : 0;
        return { name, text: Number.isFinite(value) ? formatNumber(value) : "missing", histogram: { counts, at } };
      }),
  };
}

function spreadOf(name: string, values: Float32Array): Spread {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { name, values, low, high, counts: binCounts(values, low, high, BINS) };
}

/** Finite values in equal bins between `low` and `high`; those outside are left out. */
export function binCounts(values: Float32Array, low: number, high: number, bins: number): Uint32Array<ArrayBuffer> {
  const counts = new Uint32Array(bins);
  const span = high - low || 1;
  for (const value of values) {
    if (!(value >= low && value <= high)) continue;
    const bin = Math.min(bins - 1, Math.floor(((value - low) / span) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

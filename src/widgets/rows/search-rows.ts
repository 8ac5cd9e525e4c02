import type { SearchAnswer, SearchResult } from "../chrome/search-box.ts";
import type { RowFacts } from "./row-facts.ts";

/** Rows found by number, by name or by class; a query of digits names a row first. Rows without names are numbers only. */
export function findRows(
  query: string,
  count: number,
  names: readonly string[] | null,
  facts: RowFacts,
): Int32Array<ArrayBuffer> {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return new Int32Array(0);
  const found: number[] = [];
  const number = /^\d+$/.test(wanted) ? Number(wanted) : -1;
  if (number >= 0 && number < count) found.push(number);
  const classes = new Map<string, boolean>();
  for (let row = 0; row < count; row++) {
    if (row === number) continue;
    const label = facts.classOf(row)?.name;
    const name = names?.[row];
    if (name?.toLowerCase().includes(wanted) || (label !== undefined && matches(classes, label, wanted)))
      found.push(row);
  }
  return Int32Array.from(found);
}

/** A class is compared once, not once a row. */
function matches(known: Map<string, boolean>, label: string, wanted: string): boolean {
  const before = known.get(label);
  if (before !== undefined) return before;
  const found = label.toLowerCase().includes(wanted);
  known.set(label, found);
  return found;
}

const LISTED = 50;

export function searchAnswer(rows: Int32Array, facts: RowFacts): SearchAnswer {
  const results = Array.from(rows.subarray(0, LISTED), (row): SearchResult => {
    const label = facts.classOf(row);
    return { row, name: facts.name(row), ...(label ? { class: label } : {}) };
  });
  return { results, total: rows.length };
}

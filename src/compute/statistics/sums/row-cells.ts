import { hasRow, type RowMask } from "../../selection/row-mask.ts";
import type { GroupedRows, Grouping } from "../grouped-rows.ts";

/**
 * Rows in the smallest sets that a statistic tells apart: those of one group on one slide. A slide with rows of several
 * groups has a cell for each of them.
 */
export interface RowCells {
  /** How many groups there are, those without rows included. */
  readonly groupCount: number;
  /** Rows that have a group, cell after cell, ascending in each; cells are in order of slide, then group. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** Where each cell starts in `rows`, and where the last one ends. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** The group of each cell. */
  readonly groups: Int32Array<ArrayBuffer>;
  /** The slide of each cell; -1 where it is not known. */
  readonly slides: Int32Array<ArrayBuffer>;
}

/** Rows without a group are in no cell; those without a slide are in their groups' cells of slide -1. */
export function pairRows(groups: Grouping, slides: Grouping | null): RowCells {
  const grouped = sortByCode(allRows(groups.codes.length), groups.codes, groups.count);
  const known = grouped.subarray(groups.codes.reduce((without, code) => without + (code < 0 ? 1 : 0), 0));
  const rows = slides ? sortByCode(known, slides.codes, slides.count) : known.slice();
  const starts: number[] = [];
  const cellGroups: number[] = [];
  const cellSlides: number[] = [];
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] ?? 0;
    const group = groups.codes[row] ?? -1;
    const slide = Math.max(-1, slides?.codes[row] ?? -1);
    const last = starts.length - 1;
    if (cellGroups[last] === group && cellSlides[last] === slide) continue;
    starts.push(place);
    cellGroups.push(group);
    cellSlides.push(slide);
  }
  return {
    groupCount: groups.count,
    rows,
    starts: Int32Array.from([...starts, rows.length]),
    groups: Int32Array.from(cellGroups),
    slides: Int32Array.from(cellSlides),
  };
}

/** The selected rows as group 0 and all others as group 1; rows that have no group still have none. */
export function selectionGroups({ groups }: GroupedRows, mask: RowMask): Grouping {
  return { codes: groups.codes.map((code, row) => (code < 0 ? -1 : hasRow(mask, row) ? 0 : 1)), count: 2 };
}

/** How many rows each group has. */
export function groupSizes({ groupCount, starts, groups }: RowCells): Int32Array<ArrayBuffer> {
  const sizes = new Int32Array(groupCount);
  groups.forEach((group, cell) => {
    sizes[group] = (sizes[group] ?? 0) + (starts[cell + 1] ?? 0) - (starts[cell] ?? 0);
  });
  return sizes;
}

/** Rows by ascending code, those below 0 first; rows of one code keep their order. */
function sortByCode(rows: Int32Array, codes: Int32Array, count: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(count + 2);
  const placeOf = (row: number) => Math.max(-1, codes[row] ?? -1) + 1;
  for (const row of rows) next[placeOf(row) + 1] = (next[placeOf(row) + 1] ?? 0) + 1;
  for (let code = 1; code < next.length; code++) next[code] = (next[code] ?? 0) + (next[code - 1] ?? 0);
  const sorted = new Int32Array(rows.length);
  for (const row of rows) {
    const place = placeOf(row);
    const at = next[place] ?? 0;
    sorted[at] = row;
    next[place] = at + 1;
  }
  return sorted;
}

const allRows = (count: number) => new Int32Array(count).map((_, row) => row);

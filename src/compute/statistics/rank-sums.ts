import type { Job } from "../job.ts";
import type { Matrix } from "../matrix.ts";
import { ascendingOrder } from "./ascending-order.ts";
import type { GroupMoments, GroupRanks } from "./group-moments.ts";
import { readColumns } from "./read-columns.ts";
import type { RowCells } from "./row-cells.ts";
import type { SlideValues } from "./unit-table.ts";

type Counted = Pick<GroupMoments, "groups" | "units" | "sizes" | "missing">;

/** Ranks of all rows that have a group, summed a group. */
export async function rankTiles(values: Matrix, cells: RowCells, counted: Counted, job: Job = {}): Promise<GroupRanks> {
  const ranks = emptyRanks(counted);
  const groupAt = new Int32Array(cells.rows.length);
  cells.groups.forEach((group, cell) => {
    groupAt.fill(group, cells.starts[cell], cells.starts[cell + 1]);
  });
  await readColumns(
    values,
    cells.rows,
    (column, unit) => addRanks(ranks, unit, column, ascendingOrder(column), groupAt),
    "Ranking tiles",
    job,
  );
  return ranks;
}

/** Ranks of slides' values, summed a group. */
export function rankSlides({ values, groups }: SlideValues, counted: Counted): GroupRanks {
  const ranks = emptyRanks(counted);
  const { units } = counted;
  for (let unit = 0; unit < units; unit++) {
    const column = Float64Array.from(groups, (_, observation) => values[observation * units + unit] ?? Number.NaN);
    addRanks(ranks, unit, column, sortPlaces(column), groups);
  }
  return ranks;
}

/** Each slide's rank among all of a unit, in place of its value; equal values share the mean of their places. */
export function rankedValues({ values, groups }: SlideValues, units: number): Float64Array<ArrayBuffer> {
  const ranked = new Float64Array(values.length);
  for (let unit = 0; unit < units; unit++) {
    const column = Float64Array.from(groups, (_, observation) => values[observation * units + unit] ?? Number.NaN);
    const order = sortPlaces(column);
    visitRuns(column, order, (from, to) => {
      for (let place = from; place < to; place++) ranked[(order[place] ?? 0) * units + unit] = (from + to + 1) / 2;
    });
  }
  return ranked;
}

function emptyRanks({ groups, units, sizes, missing }: Counted): GroupRanks {
  const rankSums = new Float64Array(groups * units);
  return { groups, units, sizes, missing, rankSums, ties: new Float64Array(units) };
}

type Column = Float32Array | Float64Array;

function addRanks(
  { units, rankSums, ties }: GroupRanks,
  unit: number,
  column: Column,
  order: Int32Array,
  groupAt: Int32Array,
): void {
  visitRuns(column, order, (from, to) => {
    const tied = to - from;
    if (tied > 1) ties[unit] = (ties[unit] ?? 0) + (tied ** 3 - tied);
    for (let place = from; place < to; place++) {
      const sum = (groupAt[order[place] ?? 0] ?? 0) * units + unit;
      rankSums[sum] = (rankSums[sum] ?? 0) + (from + to + 1) / 2;
    }
  });
}

/** Each run of equal values among the sorted ones: from a place to before another. */
function visitRuns(column: Column, order: Int32Array, take: (from: number, to: number) => void): void {
  for (let from = 0; from < order.length; ) {
    const value = column[order[from] ?? 0];
    let to = from + 1;
    while (to < order.length && column[order[to] ?? 0] === value) to++;
    take(from, to);
    from = to;
  }
}

const sortPlaces = (column: Float64Array) =>
  new Int32Array(column.length).map((_, place) => place).sort((a, b) => (column[a] ?? 0) - (column[b] ?? 0));
